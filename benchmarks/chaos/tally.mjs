/** @import { ClusterEvent, Simulation } from 'replica-compactor' */

/** What many simulations came to. */
export class Tally {
  runs = 0
  asPlanned = 0
  legal = 0
  steps = 0
  crashes = 0
  simulatedSeconds = 0
  /** @type {number[]} */
  milliseconds = []
  /** @type {Map<string, number>} */
  outcomes = new Map()
  /** @type {Map<string, number>} */
  events = new Map()
  /** @type {string[]} */
  violations = []

  /** @param {number} seed @param {() => Promise<Simulation>} simulateOnce */
  async add(seed, simulateOnce) {
    const begun = performance.now()
    const { steps, crashes, seconds, isAsPlanned, isLegal, execution, events, violations } = await simulateOnce()
    this.milliseconds.push(performance.now() - begun)
    this.runs++
    this.steps += steps.length
    this.crashes += crashes
    this.simulatedSeconds += seconds
    if (isAsPlanned) this.asPlanned++
    if (isLegal) this.legal++
    count(this.outcomes, execution.outcome)
    for (const event of events) count(this.events, nameOf(event))
    for (const { code, where, message, atSeconds, by } of violations) {
      this.violations.push(`seed ${seed}, ${atSeconds} s, ${code} at ${where}: ${message} (${by})`)
    }
  }

  report() {
    const sorted = [...this.milliseconds].sort((left, right) => left - right)
    const at = (/** @type {number} */ share) =>
      Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 10) / 10
    return {
      runs: this.runs,
      steps: this.steps,
      asPlanned: this.asPlanned,
      legal: this.legal,
      crashes: this.crashes,
      simulatedHours: Math.round(this.simulatedSeconds / 3600),
      millisecondsPerRun: { median: at(0.5), largest: at(1) },
      outcomes: byName(this.outcomes),
      events: byName(this.events),
      violations: this.violations
    }
  }
}

/** The kind of an event; of what failed, also which verb and how. @type {(event: ClusterEvent) => string} */
function nameOf(event) {
  if (event.kind === 'call-failed') return `${event.kind}: ${event.verb}, ${event.fault}`
  return event.kind === 'call-abandoned' ? `${event.kind}: ${event.verb}` : event.kind
}

/** @type {(counts: Map<string, number>, name: string) => void} */
function count(counts, name) {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

/** @type {(counts: Map<string, number>) => Record<string, number>} */
function byName(counts) {
  return Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1)))
}
