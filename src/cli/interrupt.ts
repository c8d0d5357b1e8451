import { exitCodes } from './failure.js'

/**
 * Calls `interrupt` on the first Ctrl-C; the second one ends the process at once. Before this call and after the returned
 * function, Ctrl-C ends the process as it always does.
 */
export function interruptOnSignal(interrupt: () => void): () => void {
  let interrupted = false
  const listen = () => {
    if (interrupted) process.exit(exitCodes.quit)
    interrupted = true
    interrupt()
    process.stderr.write('Interrupted: finishing with the best plan so far. Ctrl-C again quits at once.\n')
  }
  process.on('SIGINT', listen)
  return () => process.off('SIGINT', listen)
}
