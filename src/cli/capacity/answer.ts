import type { QuestionOptions } from '../../capacity/question/options.js'
import type { Facts } from '../../report/html/capacity/answer-page.js'
import type { Style } from '../../report/text/style.js'
import { deliverAnswer } from '../answer-output.js'
import { whileAsking } from '../asking.js'
import { exitCodes } from '../failure.js'
import { remainingMs } from '../option-values.js'
import { checkOutputs, writeWhole } from '../output.js'
import { namedFiles } from './page-facts.js'
import { readStudy, type StudyFile, type StudyOptions } from './study-input.js'

/** Options that every question has. */
export interface AnswerOptions extends StudyOptions {
  readonly timeLimit?: number
  readonly workLimit?: number
  readonly gap?: number
  readonly threads?: number
  readonly seed: number
  readonly json?: boolean
  readonly output?: string
  readonly html?: string
  readonly quiet?: boolean
}

/** A question as the command line asks it. */
export interface Asked<Answer, Options extends AnswerOptions> {
  /** Seconds where neither time nor work is limited. */
  readonly defaultSeconds: number
  readonly ask: (input: StudyFile, options: Options, common: QuestionOptions) => Promise<Answer>
  readonly renderText: (answer: Answer, style: Style) => string
  /** A whole page; `madeFrom` names what the answer was asked of. */
  readonly renderPage: (answer: Answer, madeFrom: Facts) => string
  /** Whether it is about one moment, and not about the whole forecast. Default: true. */
  readonly ofMoment?: boolean
  /** Whether all that is on offer counts, not only what could be of use at that moment. Default: false. */
  readonly isOpen?: boolean
  /** Default: always feasible. */
  readonly exitCodeOf?: (answer: Answer) => number
}

/** Asks, prints the answer as a text or as JSON, and writes the files asked for. */
export async function answerQuestion<Answer, Options extends AnswerOptions>(
  path: string,
  options: Options,
  {
    defaultSeconds,
    ask,
    renderText,
    renderPage,
    ofMoment = true,
    isOpen = false,
    exitCodeOf = () => exitCodes.feasible
  }: Asked<Answer, Options>
): Promise<void> {
  const { timeLimit, workLimit, gap, threads, seed, json, output, html, quiet = false } = options
  await checkOutputs({ '-o': output, '--html': html }, [path])
  const input = await readStudy(path, options, { whole: isOpen })
  for (const note of input.notes) process.stderr.write(`Note: ${note}\n`)
  if (ofMoment && input.moment.period !== null) process.stderr.write(`Note: at the moment ${input.moment.name}\n`)
  const limitSeconds = timeLimit ?? (workLimit === undefined ? defaultSeconds : undefined)
  await whileAsking(quiet, async (common, said) => {
    const answer = await ask(input, options, {
      ...(limitSeconds === undefined ? {} : { timeLimitMs: remainingMs(limitSeconds) }),
      ...(workLimit === undefined ? {} : { workLimit }),
      ...(gap === undefined ? {} : { relativeGap: gap }),
      ...(threads === undefined ? {} : { threads }),
      seed,
      ...common
    })
    said()
    process.exitCode = exitCodeOf(answer)
    await deliverAnswer(answer, renderText, { json, output })
    if (html !== undefined) {
      const { catalogue, forecast } = options
      const files = namedFiles({ File: path, Catalogue: catalogue, Forecast: forecast })
      await writeWhole(html, renderPage(answer, ofMoment ? [...files, ['Moment', input.moment.name]] : files))
    }
  })
}
