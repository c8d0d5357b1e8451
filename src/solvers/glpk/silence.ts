/**
 * Starts what keeps a way to print for itself, as Emscripten's programs do, and lets it print nothing once it has started:
 * GLPK tells of assertions that fail, and the standard output of a process is not the place for that.
 */
export async function startSilent<Started>(start: () => Promise<Started>): Promise<Started> {
  const { console: host } = globalThis
  const { log } = host
  let hasStarted = false
  const print = (...words: unknown[]) => {
    if (!hasStarted) log.apply(host, words)
  }
  host.log = print
  try {
    return await start()
  } finally {
    hasStarted = true
    if (host.log === print) host.log = log
  }
}
