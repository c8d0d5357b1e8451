import fc from 'fast-check'
import { expect, test } from 'vitest'
import { transport } from '../../../src/capacity/horizon/transport.js'

const amounts = fc.array(fc.nat(3), { minLength: 1, maxLength: 3 })

test('no other shipments are worth more, and as many units go as can', () => {
  fc.assert(
    fc.property(amounts, amounts, fc.array(fc.nat(9), { minLength: 9, maxLength: 9 }), (supply, demand, drawn) => {
      const worth = Float64Array.from({ length: supply.length * demand.length }, (_, at) => drawn[at] as number)
      const shipments = transport(Int32Array.from(supply), Int32Array.from(demand), worth)
      const sum = (of: (shipment: (typeof shipments)[number]) => number) =>
        shipments.reduce((total, shipment) => total + of(shipment), 0)
      for (const [from, most] of supply.entries())
        expect(sum((one) => (one.from === from ? one.amount : 0))).toBeLessThanOrEqual(most)
      for (const [to, most] of demand.entries())
        expect(sum((one) => (one.to === to ? one.amount : 0))).toBeLessThanOrEqual(most)
      const total = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
      expect(sum(({ amount }) => amount)).toBe(Math.min(total(supply), total(demand)))
      const gained = sum(({ from, to, amount }) => amount * (worth[from * demand.length + to] as number))
      expect(gained).toBe(mostWorth(supply, demand, worth))
    })
  )
})

/** Unit after unit to every place that is open, or to none. */
function mostWorth(supply: readonly number[], demand: readonly number[], worth: Float64Array): number {
  const from = supply.findIndex((amount) => amount > 0)
  if (from < 0) return 0
  const fewer = supply.map((amount, index) => (index === from ? amount - 1 : amount))
  return demand.reduce(
    (most, amount, to) =>
      amount === 0
        ? most
        : Math.max(
            most,
            (worth[from * demand.length + to] as number) +
              mostWorth(
                fewer,
                demand.map((one, index) => (index === to ? one - 1 : one)),
                worth
              )
          ),
    mostWorth(fewer, demand, worth)
  )
}
