import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { KindPrices } from './pricing.js'

/**
 * For each resident of a group what it and those after it can be worth at most beyond the same copies arriving; where not so many may
 * arrive, the others with all that they are worth. One number more than residents: the last is 0. The proof stands in models/README.md.
 */
export function stayExtras(
  { residentStart, residentDeployment, residentCopies }: PatternProblem,
  group: number,
  { copy, stay, most }: KindPrices
): Float64Array {
  const first = residentStart[group] as number
  const last = residentStart[group + 1] as number
  const extras = new Float64Array(last - first + 1)
  // Residents of one deployment follow each other, and share what may arrive.
  let [shared, arriving] = [-1, 0]
  for (let resident = last - 1; resident >= first; resident--) {
    const deployment = residentDeployment[resident] as number
    const copies = residentCopies[resident] as number
    if (deployment !== shared) [shared, arriving] = [deployment, most[deployment] as number]
    const granted = Math.min(copies, arriving)
    arriving -= granted
    const worth =
      copies * Math.max(0, stay[resident] as number) + (copies - granted) * Math.max(0, copy[deployment] as number)
    extras[resident - first] = (extras[resident - first + 1] as number) + worth
  }
  return extras
}
