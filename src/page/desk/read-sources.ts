import { InputError, parseProblem, parseResult } from '../../../models/contract/parse.js'
import type { ImportedSystem } from '../../../models/contract/printed-by.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { NamedDocument } from '../../adapters/named-document.js'
import { isMadeFor } from '../../result/read-result.js'
import { describeFault } from './describe-fault.js'
import type { ExampleName } from './example-list.js'
import { loadExample } from './examples.js'
import { FaultError } from './fault.js'
import { type Catalogue, importSnapshot } from './import-snapshot.js'
import { readFileText, readValues } from './read-value.js'
import { type Kind, recognise } from './recognise.js'

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
  /** Of an imported snapshot what was made of it; null where a Problem was opened. */
  readonly imported: string | null
}

/** One Problem, one Result of the Problem that is open, or both; or what a cluster printed, in any number of files. Throws FaultError. */
export async function readSources(sources: readonly Source[], work: OpenWork | null): Promise<Read> {
  const files = await readFiles(sources)
  const system = files.documents.map(({ kind }) => kind).find((kind) => kind === 'kubernetes' || kind === 'ray')
  return system === undefined ? chooseWork(files.documents, work) : readSnapshot(system, files)
}

/** A document, and what it looks like. */
interface Recognised extends NamedDocument {
  readonly kind: Kind
}

/** What files hold: documents, and a table of prices. */
interface Files {
  readonly documents: readonly Recognised[]
  readonly catalogue: Catalogue | undefined
}

async function readFiles(sources: readonly Source[]): Promise<Files> {
  const documents: Recognised[] = []
  let catalogue: Catalogue | undefined
  for (const source of sources) {
    const { name, text } = await readSource(source)
    if (/\.csv$/i.test(name)) catalogue = { name, text }
    else {
      const values = await readValues(name, text)
      for (const [index, value] of values.entries()) {
        const title = values.length === 1 ? name : `${name}, document ${index + 1}`
        documents.push({ name: title, value, kind: recognise(title, value) })
      }
    }
  }
  return { documents, catalogue }
}

async function readSnapshot(system: ImportedSystem, { documents, catalogue }: Files): Promise<Read> {
  const [overrides, second] = documents.filter(({ kind }) => system === 'ray' && kind === 'ray-overrides')
  const stranger = documents.find((document) => document.kind !== system && document !== overrides)
  if (second !== undefined) {
    throw new FaultError({
      title: `${second.name} looks like overrides, and so does ${overrides?.name}.`,
      advice: 'Write everything that Ray does not show into one file.'
    })
  }
  if (stranger !== undefined) {
    throw new FaultError({
      title: `${stranger.name} does not belong to a snapshot of ${system === 'ray' ? 'Ray' : 'Kubernetes'}.`,
      advice: 'Open the files of one cluster together, and anything else by itself.'
    })
  }
  const { problem, told } = await importSnapshot(system, {
    documents: documents.filter(({ kind }) => kind === system),
    overrides,
    catalogue
  })
  const name = problem.name ?? withoutEnding(documents[0]?.name.replace(/, document 1$/, '') ?? '')
  return { name, problem, result: null, imported: told }
}

function chooseWork(documents: readonly Recognised[], work: OpenWork | null): Read {
  if (documents.length === 0 || documents.length > 2) {
    throw new FaultError({
      title: `Found ${documents.length} files.`,
      advice: 'Open one Problem, or a Problem together with its Result.'
    })
  }
  let problem: { name: string; value: Problem } | undefined
  let result: { name: string; value: Result } | undefined
  for (const { name, value, kind } of documents) {
    if ((kind === 'result' ? result : problem) !== undefined) {
      throw new FaultError({
        title: `Both files are ${kind}s.`,
        advice: 'Open one Problem, or a Problem together with its Result.'
      })
    }
    if (kind === 'result') result = { name, value: parsed(name, () => parseResult(value)) }
    else problem = { name, value: parsed(name, () => parseProblem(value)) }
  }
  const known = problem === undefined ? (work === null ? [] : [work.original, work.problem]) : [problem.value]
  const asked = result === undefined ? known[0] : known.find((one) => isMadeFor(one, result.value))
  if (asked !== undefined) {
    const name = asked.name ?? (problem === undefined ? (work?.name ?? '') : withoutEnding(problem.name))
    return { name, problem: asked, result: result?.value ?? null, imported: null }
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
