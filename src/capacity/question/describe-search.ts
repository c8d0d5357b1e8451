/** How far a search is, for people: `the plan: 131.38 an hour, at least 102.74`; only what is known. */
export function describeSearch(what: string, costPerHour: number, bound: number): string {
  const known = [
    ...(Number.isFinite(costPerHour) ? [`${costPerHour.toFixed(2)} an hour`] : []),
    ...(bound > 0 && Number.isFinite(bound) ? [`at least ${bound.toFixed(2)}`] : [])
  ]
  return known.length === 0 ? what : `${what}: ${known.join(', ')}`
}
