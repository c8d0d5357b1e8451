/** A command as a whole process, watched from outside: its time and the most memory it ever held. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * @typedef {object} Run
 * @property {string} stdout
 * @property {string} stderr
 * @property {number | null} exitCode null: it was killed, because it did not end.
 * @property {number} seconds Wall time, from before the process to its end.
 * @property {number | null} cpuSeconds Of all its threads, up to 25 ms before its end; null where the system has no /proc.
 * @property {number | null} peakMegabytes Resident; null where the system has no /proc.
 */

const SAMPLE_MS = 25

/** The built command, as users run it. */
export const builtCommand = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))

/**
 * An abort kills it; withChildren: and all that it has started. onOutput is told what it prints, as it comes.
 *
 * @type {(command: string, args: readonly string[], latestSeconds: number, watch?: { signal?: AbortSignal, withChildren?: boolean, onOutput?: (text: string) => void }) => Promise<Run>}
 */
export function runCommand(command, args, latestSeconds, { signal, withChildren = false, onOutput } = {}) {
  const start = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: withChildren })
  const stdout = collect(child.stdout)
  if (onOutput !== undefined) child.stdout.on('data', (chunk) => onOutput(String(chunk)))
  const stderr = collect(child.stderr)
  /** @type {number | null} */
  let peakMegabytes = null
  /** @type {number | null} */
  let cpuSeconds = null
  const sampling = setInterval(() => {
    peakMegabytes = readPeak(child.pid) ?? peakMegabytes
    cpuSeconds = readProcessorTime(child.pid) ?? cpuSeconds
  }, SAMPLE_MS)
  const kill = () => {
    if (!withChildren || child.pid === undefined) child.kill('SIGKILL')
    else killGroup(child.pid)
  }
  const killing = setTimeout(kill, latestSeconds * 1000)
  signal?.addEventListener('abort', kill, { once: true })
  return new Promise((resolve, reject) => {
    const end = () => {
      clearInterval(sampling)
      clearTimeout(killing)
      signal?.removeEventListener('abort', kill)
    }
    child.once('error', (error) => {
      end()
      reject(error)
    })
    child.once('close', (exitCode) => {
      const seconds = (performance.now() - start) / 1000
      end()
      resolve({ stdout: stdout(), stderr: stderr(), exitCode, seconds, cpuSeconds, peakMegabytes })
    })
  })
}

/** @type {(leader: number) => void} */
function killGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
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

/** Ticks of the kernel's own account, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

/** @type {(pid: number | undefined) => number | null} */
function readProcessorTime(pid) {
  try {
    // The name of the command, in brackets, may hold anything; utime and stime are the 14th and 15th field.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  } catch {
    return null
  }
}
