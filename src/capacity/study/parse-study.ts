import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import { parseValue } from '../../../models/contract/parse-value.js'
import { checkReferences } from '../../../models/contract/references.js'
import { type Study, study } from '../../../models/contract/study.js'

/**
 * A study with all defaults, as far as it can be judged without its tables: `completeStudy` adds those and judges the rest. Any
 * Problem is a study. Throws InputError.
 */
export function parseStudy(value: unknown): Study {
  const read = parseValue('study', study, value, 'a study { schemaVersion, deployments, … }, or a Problem')
  const issues = [...checkReferences(read, false), ...checkDemand(read), ...checkSupply(read)]
  if (issues.length > 0) throw new InputError('study', issues)
  return read
}

function checkDemand({ deployments, forecast }: Study): InputIssue[] {
  const issues: InputIssue[] = []
  if (deployments.length === 0) {
    issues.push({ path: 'deployments', found: 'an empty list', expected: 'at least one deployment' })
  }
  const { from, to } = forecast ?? {}
  if (typeof from === 'number' && typeof to === 'number' && from >= to) {
    issues.push({ path: 'forecast.to', found: String(to), expected: `a moment after "from", which is ${from}` })
  }
  return issues
}

/** More would not fit the memory of any machine that plans. */
const MOST_RESERVED = 100_000

/** Something must be there, come from a catalogue, or be for sale. */
function checkSupply({ nodes, nodeTypes, reservations, catalogue }: Study): InputIssue[] {
  const issues: InputIssue[] = []
  if (nodes.length + nodeTypes.length + reservations.length === 0 && catalogue === undefined) {
    const expected = 'instance types that may be bought, or "nodeTypes" or "nodes"'
    issues.push({ path: 'catalogue', found: 'nothing', expected })
  }
  let reserved = 0
  for (const [index, { nodes: more }] of reservations.entries()) {
    reserved += more
    if (reserved <= MOST_RESERVED || reserved - more > MOST_RESERVED) continue
    const expected = `at most ${MOST_RESERVED} reserved nodes in all`
    issues.push({ path: `reservations[${index}].nodes`, found: String(more), expected })
  }
  return issues
}
