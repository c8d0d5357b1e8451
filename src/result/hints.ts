/** What may help where nothing is proven, in the words of the command line and of a program. */
export function moreEffort(what: string): string {
  return `more time (--time-limit or --work-limit, in a program timeLimitMs or workLimit) or another solver (--solver, solver) may ${what}`
}
