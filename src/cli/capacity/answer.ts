import { InputError } from '../../../models/contract/parse.js'
import type { QuestionOptions, QuestionProgress } from '../../capacity/question/options.js'
import type { Facts } from '../../report/html/capacity/answer-page.js'
import { formatDuration } from '../../report/text/numbers.js'
import type { Style } from '../../report/text/style.js'
import { exitCodes, UsageError } from '../failure.js'
import { blameOptions } from '../option-faults.js'
import { remainingMs } from '../option-values.js'
import { checkWritable, writeWhole } from '../output.js'
import { displayState } from '../progress.js'
import { chooseStyle } from '../terminal.js'
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
  const { timeLimit, workLimit, gap, threads, seed, json = false, output, html, quiet = false } = options
  if (output !== undefined && output === html)
    throw new UsageError(`-o and --html are both ${output}, expected two files`)
  for (const file of [output, html]) if (file !== undefined) await checkWritable(file)
  const input = await readStudy(path, options, { whole: isOpen })
  for (const note of input.notes) process.stderr.write(`Note: ${note}\n`)
  if (ofMoment && input.moment.period !== null) process.stderr.write(`Note: at the moment ${input.moment.name}\n`)
  const progress = quiet ? undefined : displayState<QuestionProgress>(process.stderr, { format: formatQuestion, news })
  const limitSeconds = timeLimit ?? (workLimit === undefined ? defaultSeconds : undefined)
  const stop = new AbortController()
  const abort = () => stop.abort(new Interrupted())
  process.once('SIGINT', abort)
  try {
    const answer = await ask(input, options, {
      ...(limitSeconds === undefined ? {} : { timeLimitMs: remainingMs(limitSeconds) }),
      ...(workLimit === undefined ? {} : { workLimit }),
      ...(gap === undefined ? {} : { relativeGap: gap }),
      ...(threads === undefined ? {} : { threads }),
      seed,
      signal: stop.signal,
      ...(progress && { onProgress: progress.show })
    })
    progress?.end()
    process.exitCode = exitCodeOf(answer)
    const text = `${JSON.stringify(answer, null, 2)}\n`
    process.stdout.write(json ? text : renderText(answer, chooseStyle(process.stdout, process.env)))
    if (output !== undefined) await writeWhole(output, text)
    if (html !== undefined) {
      const { catalogue, forecast } = options
      const files = namedFiles({ File: path, Catalogue: catalogue, Forecast: forecast })
      await writeWhole(html, renderPage(answer, ofMoment ? [...files, ['Moment', input.moment.name]] : files))
    }
  } catch (error) {
    if (error instanceof Interrupted) {
      progress?.end()
      process.stderr.write('Interrupted: a question that is not answered to its end has no answer.\n')
      process.exitCode = exitCodes.quit
      return
    }
    throw error instanceof InputError && error.subject === 'options' ? blameOptions(error) : error
  } finally {
    progress?.end()
    process.off('SIGINT', abort)
  }
}

/** The user pressed Ctrl-C. */
class Interrupted extends Error {}

/** More parts than these are told as a share. */
const MOST_COUNTED = 200

/** `12.3 s  2 of 6  listed, repack: chat`; how much is done is told once something is. */
export function formatQuestion({ elapsedMs, done, of, doing }: QuestionProgress, sinceMs: number): string {
  const elapsed = (elapsedMs + sinceMs) / 1000
  const counted = of > MOST_COUNTED ? `${Math.floor((100 * done) / of)} %` : `${done} of ${of}`
  return [
    elapsed < 60 ? `${elapsed.toFixed(1)} s` : formatDuration(Math.floor(elapsed)),
    ...(done > 0 ? [counted] : []),
    doing
  ].join('  ')
}

function news({ done, doing }: QuestionProgress): string {
  return `${done} ${doing}`
}
