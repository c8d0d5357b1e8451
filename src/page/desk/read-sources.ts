import { InputError, parseProblem, parseResult } from '../../../models/contract/parse.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { isMadeFor } from '../../result/read-result.js'
import { describeFault } from './describe-fault.js'
import type { ExampleName } from './example-list.js'
import { loadExample } from './examples.js'
import { FaultError } from './fault.js'
import { readFileText, readValue } from './read-value.js'
import { recognise } from './recognise.js'

/** What is to be opened. */
export type Source =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'example'; readonly name: ExampleName }

/** What is open already: a Result alone may answer it. */
interface OpenWork {
  readonly name: string
  readonly original: Problem
  readonly problem: Problem
}

interface Read {
  readonly name: string
  readonly problem: Problem
  readonly result: Result | null
}

/** One Problem, one Result of the Problem that is open, or both. Throws FaultError. */
export async function readSources(sources: readonly Source[], work: OpenWork | null): Promise<Read> {
  if (sources.length === 0 || sources.length > 2) {
    throw new FaultError({
      title: `Found ${sources.length} files.`,
      advice: 'Open one Problem, or a Problem together with its Result.'
    })
  }
  let problem: { name: string; value: Problem } | undefined
  let result: { name: string; value: Result } | undefined
  for (const source of sources) {
    const { name, text } = await readSource(source)
    const value = await readValue(name, text)
    const kind = recognise(name, value)
    if ((kind === 'problem' ? problem : result) !== undefined) {
      throw new FaultError({
        title: `Both files are ${kind}s.`,
        advice: 'Open one Problem, or a Problem together with its Result.'
      })
    }
    if (kind === 'problem') problem = { name, value: parsed(name, () => parseProblem(value)) }
    else result = { name, value: parsed(name, () => parseResult(value)) }
  }
  const known = problem === undefined ? (work === null ? [] : [work.original, work.problem]) : [problem.value]
  const asked = result === undefined ? known[0] : known.find((one) => isMadeFor(one, result.value))
  if (asked !== undefined) {
    const name = asked.name ?? (problem === undefined ? (work?.name ?? '') : withoutEnding(problem.name))
    return { name, problem: asked, result: result?.value ?? null }
  }
  throw new FaultError(
    known.length === 0
      ? {
          title: `${result?.name} is a Result, and its Problem is not open.`,
          advice: 'Open the Problem first, or drop both files together.'
        }
      : {
          title: `${result?.name} answers another Problem than ${problem?.name ?? work?.name}: their fingerprints differ.`,
          advice: 'Drop the Result together with the Problem that it was made from.'
        }
  )
}

async function readSource(source: Source): Promise<{ name: string; text: string }> {
  if (source.kind === 'file') return { name: source.file.name, text: await readFileText(source.file) }
  if (source.kind === 'text') return { name: 'The text', text: source.text }
  const { file, text } = await loadExample(source.name)
  return { name: file, text }
}

function parsed<Value>(name: string, parse: () => Value): Value {
  try {
    return parse()
  } catch (error) {
    throw error instanceof InputError ? new FaultError(describeFault(error, name)) : error
  }
}

function withoutEnding(name: string): string {
  return name.replace(/(\.problem)?\.(json|ya?ml)$/i, '')
}
