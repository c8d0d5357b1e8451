import { describeValue } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse-value.js'
import { type QuestionOptions, type ResolvedQuestion, resolveQuestion } from '../../capacity/question/options.js'
import { optionsOf } from '../../options.js'

/** How `why` is asked. Without `node` and `replica`, the whole cluster is looked at. Everything may be left out. */
export interface WhyOptions extends QuestionOptions {
  /** Id of the node asked about. */
  readonly node?: string
  /** Id of the replica asked about. */
  readonly replica?: string
}

/** Milliseconds for an answer where the caller gives no limit. */
const DEFAULT_TIME_LIMIT = 10_000

/** Fills in the defaults. Throws InputError for options that are unknown or out of range. */
export function resolveWhy(
  given: WhyOptions | null | undefined
): ResolvedQuestion & Pick<WhyOptions, 'node' | 'replica'> {
  const { node, replica, ...rest } = optionsOf(given)
  const issues: InputIssue[] = []
  for (const [path, value] of Object.entries({ node, replica }))
    if (value !== undefined && typeof value !== 'string')
      issues.push({ path, found: describeValue(value), expected: 'the id of one, as a text' })
  if (node !== undefined && replica !== undefined)
    issues.push({ path: 'replica', found: 'a replica beside a node', expected: 'one of the two' })
  if (issues.length > 0) throw new InputError('options', issues)
  const isLimited = rest.timeLimitMs !== undefined || rest.workLimit !== undefined
  const question = resolveQuestion({ ...rest, ...(isLimited ? {} : { timeLimitMs: DEFAULT_TIME_LIMIT }) }, [
    'node',
    'replica'
  ])
  return { ...question, ...(node === undefined ? {} : { node }), ...(replica === undefined ? {} : { replica }) }
}
