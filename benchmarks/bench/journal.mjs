/** The runs that are done, one JSON text a line, so that a run of hours can be killed and resumed. */
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { policies } from '../policies/policies.mjs'
import { run } from './record.mjs'

/** @import { BenchRun } from './record.mjs' */

/** code: hash of what was measured. */
const line = z.strictObject({ code: z.string(), key: z.string(), run })

/** What was measured, whatever its commit: the built package, who competes, and how instances are made. */
const measured = ['../../dist', '../contestants', '../families', './run-cell.mjs', '../../package-lock.json']
const names = new Set(policies.map(({ name }) => name))

/** Nobody but policies is another contestant when a policy changes. @type {() => { policy: string, other: string }} */
export function hashCode() {
  const hash = createHash('sha256')
  /** @param {string} path */
  const add = (path) => {
    for (const file of listScripts(fileURLToPath(new URL(path, import.meta.url)))) hash.update(readFileSync(file))
  }
  /** So far. */
  const digest = () => hash.copy().digest('hex').slice(0, 16)
  measured.forEach(add)
  const other = digest()
  add('../policies')
  return { policy: digest(), other }
}

/** @type {(path: string) => string[]} */
function listScripts(path) {
  if (/\.(m?js|json)$/.test(path)) return [path]
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.m?js$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

export class Journal {
  /** Runs of this very code, by the key of their cell. @type {Map<string, BenchRun>} */
  runs = new Map()
  /** Runs of other code, which do not count. */
  stale = 0
  #file
  #code = hashCode()
  /** Whether the last line has no end: a kill came while it was written. */
  #isCutOff

  /** @param {string} file */
  constructor(file) {
    this.#file = file
    const written = existsSync(file) ? readFileSync(file, 'utf8') : ''
    this.#isCutOff = written !== '' && !written.endsWith('\n')
    for (const text of written.split('\n')) {
      const entry = readLine(text)
      if (entry === null) continue
      if (entry.code === this.#codeOf(entry.run)) this.runs.set(entry.key, entry.run)
      else this.stale++
    }
  }

  /** @param {string} key @param {BenchRun} run */
  add(key, run) {
    this.runs.set(key, run)
    mkdirSync(dirname(this.#file), { recursive: true })
    appendFileSync(
      this.#file,
      `${this.#isCutOff ? '\n' : ''}${JSON.stringify({ code: this.#codeOf(run), key, run })}\n`
    )
    this.#isCutOff = false
  }

  /** @param {BenchRun} run */
  #codeOf({ contestant }) {
    return names.has(contestant) ? this.#code.policy : this.#code.other
  }

  /** Throws runs away that are in a report now, or that the user does not want any more; others stay to be gone on with. */
  drop(/** @type {readonly string[]} */ keys) {
    for (const key of keys) this.runs.delete(key)
    this.stale = 0
    this.#isCutOff = false
    if (this.runs.size === 0) return rmSync(this.#file, { force: true })
    const lines = [...this.runs].map(([key, run]) => JSON.stringify({ code: this.#codeOf(run), key, run }))
    writeFileSync(this.#file, `${lines.join('\n')}\n`)
  }
}

/** null for a line that a kill cut off, or that another version wrote: it is run again. @type {(text: string) => z.infer<typeof line> | null} */
function readLine(text) {
  try {
    return line.parse(JSON.parse(text))
  } catch {
    return null
  }
}
