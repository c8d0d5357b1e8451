import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeFolder } from '../scratch-folder.js'

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))

/** A cluster small enough to be solved in a moment. */
export const QUICKSTART = fileURLToPath(new URL('../../fixtures/quickstart.problem.yaml', import.meta.url))

export interface CommandOutcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CommandSurroundings {
  /** What standard input gives. */
  readonly input?: string | Uint8Array
  readonly environment?: Record<string, string>
  /** Called with each piece of stderr; the signal it returns is sent. */
  readonly signalOn?: (stderr: string) => NodeJS.Signals | undefined
  /** Sends a signal as soon as `when` says so; asked every few milliseconds. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly when: () => boolean }
  /** Closes stdout after its first piece, as `head` does. */
  readonly closeOutput?: boolean
}

/** Runs the built command in a process of its own, without colours unless the environment asks for them. */
export async function runCommand(
  args: readonly string[],
  { input = '', environment = { NO_COLOR: '1' }, signalOn, signal, closeOutput }: CommandSurroundings = {}
): Promise<CommandOutcome> {
  const { FORCE_COLOR: _force, NO_COLOR: _forbid, npm_lifecycle_event: _event, ...inherited } = process.env
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...inherited, ...environment }, timeout: 50_000 })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text
    if (closeOutput === true) child.stdout.destroy()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text
    const signal = signalOn?.(text)
    if (signal !== undefined) child.kill(signal)
  })
  const watch = setInterval(() => {
    if (signal?.when() !== true) return
    clearInterval(watch)
    child.kill(signal.name)
  }, 5)
  // A command that fails before it reads closes its end first.
  child.stdin.on('error', () => undefined).end(input)
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  clearInterval(watch)
  return { code, ...said }
}

/** The path of a file that does not exist yet, in a folder of its own. */
export function freshPath(name: string): string {
  return join(makeFolder(), name)
}
