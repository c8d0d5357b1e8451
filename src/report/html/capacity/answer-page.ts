import type { AnswerHead } from '../../../capacity/question/answer.js'
import { VERSION } from '../../../version.js'
import { QUESTION_TITLES, type QuestionKind } from '../../capacity/question-titles.js'
import { formatAmount, formatDuration } from '../../text/numbers.js'
import { type Page, renderPage } from '../page.js'
import type { Section } from '../section.js'

/** Names and values: what a page was made from. */
export type Facts = readonly (readonly [name: string, value: string])[]

/** An answer as far as every page shows it. */
interface Answered {
  readonly kind: QuestionKind
  readonly study: { readonly name?: string | undefined; readonly fingerprint: string }
  readonly notes: readonly string[]
}

/** What each question's page has of its own. */
interface AnswerParts extends Pick<Page, 'subtitle' | 'tiles' | 'sections'> {
  /** = those of the answer. */
  readonly notes?: readonly string[]
}

/**
 * The page of an answer: its figures and pictures, then what else has to be known, what it was made from, and its JSON to be saved.
 * `facts` say how it was looked for, `madeFrom` what only the caller knows, such as files.
 */
export function renderAnswerPage(
  answer: Answered,
  facts: Facts,
  madeFrom: Facts,
  { subtitle, tiles, sections, notes = answer.notes }: AnswerParts
): string {
  const { kind, study } = answer
  const name = study.name ?? ''
  const known: Section[] =
    notes.length === 0
      ? []
      : [{ heading: 'What else to know', blocks: [{ kind: 'notes', notes: notes.map(asSentence) }] }]
  return renderPage({
    title: name === '' ? QUESTION_TITLES[kind] : `${QUESTION_TITLES[kind]}: ${name}`,
    ...(subtitle === undefined ? {} : { subtitle }),
    ...(tiles === undefined ? {} : { tiles }),
    sections: [...sections, ...known],
    generatedFrom: [
      ...(name === '' ? [] : [['Study', name] as const]),
      ...madeFrom,
      ['Fingerprint', study.fingerprint],
      ...facts,
      ['Made by', `replica-compactor ${VERSION}`]
    ],
    data: { name: `${kind}.json`, value: answer }
  })
}

/** How the answer to a question was looked for. */
export function factsOf({ seed, limits, seconds }: AnswerHead<string>): Facts {
  const given = [
    ...(limits.seconds === null ? [] : [formatDuration(Math.round(limits.seconds * 10) / 10)]),
    ...(limits.work === null ? [] : [`${formatAmount(limits.work)} units of work`])
  ]
  return [
    ['Seed', String(seed)],
    ['Limits', given.length === 0 ? 'none' : given.join(', ')],
    ['Took', formatDuration(Math.round(seconds * 10) / 10)]
  ]
}

/** Notes begin small in JSON and large on a page. */
export function asSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
