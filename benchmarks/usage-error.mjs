/** What was asked for cannot be done; the message says what to do instead. */
export class UsageError extends Error {}

/**
 * Runs a command. Whoever calls it wrongly is told what is wrong and how to call it, with exit code 2; any other error is a fault, and
 * goes on.
 *
 * @type {(main: () => unknown, help: string) => Promise<void>}
 */
export async function runCommandLine(main, help) {
  try {
    await main()
  } catch (error) {
    const isUsage =
      error instanceof UsageError || String(/** @type {any} */ (error)?.code).startsWith('ERR_PARSE_ARGS_')
    if (!isUsage) throw error
    console.error(`${/** @type {Error} */ (error).message}\n\n${help}`)
    process.exitCode = 2
  }
}
