import type { HorizonCost } from '../../capacity/horizon/horizon-answer.js'

/** What a horizon costs, by what it is paid for: all that is not nothing. */
export function costParts({ base, onDemand, spot, orders, moves }: HorizonCost): { name: string; money: number }[] {
  return [
    { name: 'committed', money: base },
    { name: 'on demand', money: onDemand },
    { name: 'spot', money: spot },
    { name: 'provisioning', money: orders },
    { name: 'migrations', money: moves }
  ].filter(({ money }) => money !== 0)
}
