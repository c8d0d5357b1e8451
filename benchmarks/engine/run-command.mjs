/** A command as a whole process, watched from outside: its wall time and the most memory it ever held. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * @typedef {object} Run
 * @property {string} stdout
 * @property {string} stderr
 * @property {number | null} exitCode null: it was killed, because it did not end.
 * @property {number} seconds Wall time, from before the process to its end.
 * @property {number | null} peakMegabytes Resident; null where the system has no /proc.
 */

const SAMPLE_MS = 25

/** The built command, as users run it. */
export const builtCommand = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))

/** @type {(command: string, args: readonly string[], latestSeconds: number) => Promise<Run>} */
export function runCommand(command, args, latestSeconds) {
  const start = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const stdout = collect(child.stdout)
  const stderr = collect(child.stderr)
  /** @type {number | null} */
  let peakMegabytes = null
  const sampling = setInterval(() => {
    peakMegabytes = readPeak(child.pid) ?? peakMegabytes
  }, SAMPLE_MS)
  const killing = setTimeout(() => child.kill('SIGKILL'), latestSeconds * 1000)
  return new Promise((resolve, reject) => {
    const end = () => {
      clearInterval(sampling)
      clearTimeout(killing)
    }
    child.once('error', (error) => {
      end()
      reject(error)
    })
    child.once('close', (exitCode) => {
      const seconds = (performance.now() - start) / 1000
      end()
      resolve({ stdout: stdout(), stderr: stderr(), exitCode, seconds, peakMegabytes })
    })
  })
}

/** @type {(stream: import('node:stream').Readable) => () => string} */
function collect(stream) {
  /** @type {Buffer[]} */
  const chunks = []
  stream.on('data', (chunk) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString('utf8')
}

/**
 * The high-water mark that the kernel keeps: nothing between two samples is overlooked but what comes after the last one.
 *
 * @type {(pid: number | undefined) => number | null}
 */
function readPeak(pid) {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kibibytes === undefined ? null : (Number(kibibytes) * 1024) / 1e6
  } catch {
    return null
  }
}
