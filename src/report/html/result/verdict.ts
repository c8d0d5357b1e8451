import type { Result, Violation } from '../../../../models/contract/result.js'
import type { Verdict } from '../../../result/check-result.js'
import { formatAmount, formatCount, formatPrecise } from '../../text/numbers.js'
import { renderVerdict } from '../../text/verdict.js'
import { numbers, prose, words } from '../capacity/columns.js'
import type { Block, Section } from '../section.js'

/** Told of a Result that nobody should use. */
const MOST_TOLD = 1000

/** The verdict in words, and every violation. */
export function verdictSection(result: Result, verdict: Verdict | null): Section {
  const heading = 'The checker'
  if (verdict === null) {
    return {
      heading,
      blocks: [
        {
          kind: 'paragraph',
          text: 'Not asked: without its PROBLEM a RESULT cannot be checked. With it this page would also show every node before and after, device by device, and how the migration goes.'
        }
      ]
    }
  }
  const { violations, confirmed } = verdict
  return { heading, blocks: violations.length > 0 ? brokenBlocks(violations) : validBlocks(result, confirmed) }
}

function validBlocks(result: Result, confirmed: number | null): Block[] {
  if (result.primalStatus === 'none') {
    return [{ kind: 'paragraph', text: 'The checker finds nothing wrong with this answer.' }]
  }
  const bound = result.bound?.total ?? 0
  const open =
    confirmed === null && bound > 0
      ? `The bound of ${formatPrecise(bound)} was not recomputed: a Result made with --certificate carries what that needs.`
      : null
  return [
    ...renderVerdict(result, [], confirmed)
      .trim()
      .split('\n')
      .map((text): Block => ({ kind: 'paragraph', text })),
    ...(open === null ? [] : [{ kind: 'paragraph', text: open } satisfies Block]),
    {
      kind: 'paragraph',
      text: 'The checker shares nothing with the search but the contract: it replays the plan in every order that its steps allow, and recomputes every figure.'
    }
  ]
}

function brokenBlocks(violations: readonly Violation[]): Block[] {
  const shown = violations.slice(0, MOST_TOLD)
  return [
    {
      kind: 'paragraph',
      text: `Not valid: ${formatCount(violations.length, 'violation')}. This plan must not be carried out.`
    },
    violationTable(
      violations.length > shown.length
        ? `The first ${formatAmount(shown.length)} of ${formatAmount(violations.length)} violations`
        : 'Violations',
      shown
    )
  ]
}

/** Limits that do not hold, one a row. */
export function violationTable(caption: string, violations: readonly Violation[]): Block {
  return {
    kind: 'table',
    caption,
    closed: false,
    columns: [...words('What', 'Where'), ...numbers('By'), ...prose('In words')],
    rows: violations.map(({ code, where, amount, message }) => [code, where, formatAmount(amount), message])
  }
}
