/** Processes that are measured: started, waited for, and their processor time. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const tellCpu = pathToFileURL(fileURLToPath(new URL('tell-cpu.mjs', import.meta.url))).href
export const command = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))

/**
 * @typedef {object} Started
 * @property {Promise<{ stdout: string, cpuSeconds: number }>} ended Rejects where it ends with another code than 0.
 * @property {(words: string) => Promise<void>} hear Resolves when it has said so on stderr.
 * @property {(signal: NodeJS.Signals) => void} kill
 */

/** Starts a script with Node; its files go into a folder. @type {(folder: string, args: readonly string[]) => Started} */
export function start(folder, args) {
  const cpuFile = join(folder, `${randomUUID()}.cpu`)
  const child = spawn(process.execPath, ['--import', tellCpu, ...args], {
    env: { ...process.env, CPU_FILE: cpuFile },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`${args.join(' ')} ended with ${code}: ${stderr}`))
      return resolve({ stdout, cpuSeconds: existsSync(cpuFile) ? Number(readFileSync(cpuFile, 'utf8')) : Number.NaN })
    })
  })
  return {
    ended,
    hear: (words) =>
      new Promise((resolve, reject) => {
        const look = () => stderr.includes(words) && resolve()
        child.stderr.on('data', look)
        ended.catch(reject)
        look()
      }),
    kill: (signal) => void child.kill(signal)
  }
}
