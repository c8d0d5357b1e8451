import { exitCodes } from './failure.js'

/**
 * Calls `interrupt` on the first Ctrl-C; the second one ends the process at once. Before this call and after the returned
 * function, Ctrl-C ends the process as it always does. `what` is said of what happens next.
 */
export function interruptOnSignal(interrupt: () => void, what = 'finishing with the best plan so far'): () => void {
  let interrupted = false
  const listen = () => {
    if (interrupted) process.exit(exitCodes.quit)
    interrupted = true
    interrupt()
    process.stderr.write(`Interrupted: ${what}. Ctrl-C again quits at once.\n`)
  }
  process.on('SIGINT', listen)
  return () => process.off('SIGINT', listen)
}
