/** What online policies allocate on the trace of openb, from the data of FGD: writes fixtures/openb/fgd-allocation.json. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { locate } from '../instances.mjs'

/** @import { Allocation } from '../bench/record.mjs' */

/** In the shared data; a line for every policy and seed, a column for every percent that has arrived. */
export const DATA = 'fgd-reference/analysis_allo_discrete.csv'
const WORKLOAD = 'openb_pod_list_default'
/** Percent of all GPUs that is asked for by what has arrived. */
const ARRIVED = [60, 80, 90, 100, 110, 120, 130]

const HEAD = {
  source:
    'experiments/analysis/expected_results/analysis_allo_discrete.csv of hkust-adsl/kubernetes-scheduler-simulator: ' +
    'Weng et al., Beware of Fragmentation, USENIX ATC 2023',
  licence: 'Apache-2.0',
  comment:
    'Changed: means over the seeds, of the workload openb_pod_list_default alone, made by benchmarks/fgd/summarise.mjs. ' +
    'allocated: share of the 6,212 GPUs of the trace that a policy has given out when what has arrived asks for the share ' +
    'arrived of them. arrived is rounded to whole percent, so allocated may be above it by a trifle.'
}

/**
 * The means over the seeds, policy by policy.
 *
 * @type {(csv: string) => Allocation[]}
 */
export function summariseAllocations(csv) {
  const [head = [], ...lines] = csv
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','))
  /** @type {(line: readonly string[], column: string) => string} */
  const cell = (line, column) => {
    const text = line[head.indexOf(column)]
    if (text === undefined) throw new Error(`${DATA} has no column ${column} in every line`)
    return text
  }
  const own = lines.filter((line) => cell(line, 'workload') === WORKLOAD)
  const policies = [...new Set(own.map((line) => cell(line, 'sc_policy')))].sort()
  return policies.flatMap((policy) => {
    const runs = own.filter((line) => cell(line, 'sc_policy') === policy)
    return ARRIVED.map((percent) => ({
      // They are numbered: 06-FGD.
      policy: policy.replace(/^\d+-/, ''),
      arrived: percent / 100,
      allocated: shareOf(runs.map((line) => Number(cell(line, String(percent))))),
      runs: runs.length
    }))
  })
}

/** The mean of percentages of two decimals, as a share without what sums leave. @type {(percentages: readonly number[]) => number} */
function shareOf(percentages) {
  const mean = percentages.reduce((sum, percentage) => sum + percentage, 0) / percentages.length
  return Number((mean / 100).toFixed(6))
}

/** The file, an entry a line. @type {(allocations: readonly Allocation[]) => string} */
export function writeAllocations(allocations) {
  const head = Object.entries(HEAD).map(([key, words]) => `  "${key}": ${JSON.stringify(words)},\n`)
  const lines = allocations.map((allocation) => `    ${JSON.stringify(allocation)}`)
  return `{\n${head.join('')}  "allocations": [\n${lines.join(',\n')}\n  ]\n}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const data = locate('shared', DATA)
  if (data === undefined) throw new Error('this needs the shared data: name their folder in SHARED_FOLDER')
  const file = new URL('../../fixtures/openb/fgd-allocation.json', import.meta.url)
  writeFileSync(file, writeAllocations(summariseAllocations(readFileSync(data, 'utf8'))))
}
