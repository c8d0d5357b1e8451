/** Functions of time that fall in steps, such as a gap: 1 until something is known. */

/** From `seconds` on, `value`. @typedef {{ seconds: number, value: number }} Step */

/** What a gap is as long as nothing is known. */
const NOTHING_YET = 1

/**
 * The same function without steps that change nothing: values fall strictly, one a moment.
 *
 * @type {(steps: readonly Step[]) => Step[]}
 */
export function tidySteps(steps) {
  const sorted = [...steps].sort((left, right) => left.seconds - right.seconds)
  /** @type {Step[]} */
  const tidy = []
  let value = NOTHING_YET
  for (const step of sorted) {
    if (step.value >= value) continue
    value = step.value
    if (tidy.at(-1)?.seconds === step.seconds) tidy.pop()
    tidy.push(step)
  }
  return tidy
}

/** @type {(steps: readonly Step[], seconds: number) => number} */
export function valueAt(steps, seconds) {
  return steps.filter((step) => step.seconds <= seconds).at(-1)?.value ?? NOTHING_YET
}

/**
 * The mean over [0, limit], and for a limit of 0 what holds then.
 *
 * @type {(steps: readonly Step[], limit: number) => number}
 */
export function meanUntil(steps, limit) {
  if (limit === 0) return valueAt(steps, 0)
  const within = steps.filter(({ seconds }) => seconds < limit)
  const first = within[0]?.seconds ?? limit
  const areas = within.map(({ seconds, value }, index) => value * ((within[index + 1]?.seconds ?? limit) - seconds))
  return areas.reduce((total, area) => total + area, NOTHING_YET * first) / limit
}

/** What quotients of sums may be above the number that they are. */
const TOLERANCE = 1e-9

/** When the value was first at most so much; Infinity: never. @type {(steps: readonly Step[], most: number) => number} */
export function firstAtMost(steps, most) {
  return steps.find(({ value }) => value <= most * (1 + TOLERANCE))?.seconds ?? Infinity
}
