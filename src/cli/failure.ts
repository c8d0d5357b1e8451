import { CommanderError } from 'commander'
import { InputError } from '../../models/contract/parse.js'
import { printable } from '../report/text/layout.js'

/** What the exit code of the command says (contract: Commands). */
export const exitCodes = {
  feasible: 0,
  fault: 1,
  usage: 2,
  infeasible: 3,
  violations: 4,
  nothingFound: 5,
  quit: 130
} as const

/** What the user gave cannot be used: a missing file, a text that does not parse, a bad option. One message, no stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What to say on stderr about an error, and the exit code. Commander has already said what it had to. */
export function describeFailure(error: unknown, debug: boolean): { message: string; exitCode: number } {
  if (error instanceof CommanderError) {
    return { message: '', exitCode: error.exitCode === 0 ? exitCodes.feasible : exitCodes.usage }
  }
  if (error instanceof UsageError || error instanceof InputError) {
    return { message: `replica-compactor: ${printableLines(error.message)}\n`, exitCode: exitCodes.usage }
  }
  const cause = error instanceof Error ? error : new Error(String(error))
  const advice = debug
    ? `\n${cause.stack ?? ''}`
    : '\nThis is a fault of replica-compactor: please report it. REPLICA_COMPACTOR_DEBUG=1 shows where it happened.'
  return {
    message: `replica-compactor: ${printableLines(`${cause.name}: ${cause.message}${advice}`)}\n`,
    exitCode: exitCodes.fault
  }
}

/** Lines of a message as they may stand on a terminal: names in it come from files. */
function printableLines(message: string): string {
  return message.split('\n').map(printable).join('\n')
}

/** The system's reason for a failed file operation, in words. */
export function describeSystemError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return Object.hasOwn(SYSTEM_ERRORS, code)
    ? (SYSTEM_ERRORS[code] as string)
    : error instanceof Error
      ? error.message
      : code
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'this is a folder, not a file',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  ERR_STRING_TOO_LONG: 'the file is too large to be read as one text'
}
