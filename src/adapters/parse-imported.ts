import { describeValue } from '../../models/contract/describe-input.js'
import { InputError } from '../../models/contract/parse.js'
import type { ProblemInput } from '../../models/contract/problem.js'

const PLACE = /^(node|deployment|replica)s\[(\d+)\]\.?(.*)$/

/**
 * What `parse` makes of an imported Problem. What the contract does not take is said of the thing of the cluster by its name, as nobody
 * has seen the Problem yet: `node "a": capacity.cpu`. Throws InputError about `subject`.
 */
export function parseImported<Value>(
  subject: string,
  input: ProblemInput,
  parse: (input: ProblemInput) => Value
): Value {
  try {
    return parse(input)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(
      subject,
      error.issues.map((issue) => ({ ...issue, path: nameOwner(issue.path, input) }))
    )
  }
}

function nameOwner(path: string, input: ProblemInput): string {
  const [, kind, index, inside = ''] = PLACE.exec(path) ?? []
  if (kind === undefined) return path
  const owner = input[`${kind as 'node' | 'deployment' | 'replica'}s`][Number(index)]
  return `${kind} ${describeValue(owner?.id)}${inside === '' ? '' : `: ${inside}`}`
}
