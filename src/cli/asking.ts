import { InputError } from '../../models/contract/parse.js'
import type { QuestionOptions, QuestionProgress } from '../capacity/question/options.js'
import { formatDuration } from '../report/text/numbers.js'
import { exitCodes } from './failure.js'
import { blameOptions } from './option-faults.js'
import { displayState } from './progress.js'

/**
 * Does something that is asked with these options: with progress on stderr, and ended by Ctrl-C without an answer. `ask` calls `said` when
 * it has its answer, before it prints.
 */
export async function whileAsking(
  quiet: boolean,
  ask: (common: Pick<QuestionOptions, 'signal' | 'onProgress'>, said: () => void) => Promise<void>
): Promise<void> {
  const progress = quiet ? undefined : displayState<QuestionProgress>(process.stderr, { format: formatQuestion, news })
  const stop = new AbortController()
  const abort = () => stop.abort(new Interrupted())
  process.once('SIGINT', abort)
  try {
    await ask({ signal: stop.signal, ...(progress && { onProgress: progress.show }) }, () => progress?.end())
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
