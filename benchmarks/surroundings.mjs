/** Where and of what the figures were taken. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'

const root = new URL('../', import.meta.url)

/**
 * @typedef {object} Surroundings
 * @property {string} date ISO 8601, the day.
 * @property {string | null} commit With `+` where files differ from it; null outside a checkout.
 * @property {{ cpu: string, cores: number, memoryGiB: number }} machine
 * @property {{ node: string, package: string, highs: string }} versions
 */

/** @type {() => Surroundings} */
export function describeSurroundings() {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: readCommit(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memoryGiB: Math.round(totalmem() / 2 ** 30)
    },
    versions: {
      node: process.versions.node,
      package: readVersion(new URL('package.json', root)),
      highs: readVersion(new URL('../package.json', import.meta.resolve('highs')))
    }
  }
}

/** @type {(manifest: URL) => string} */
function readVersion(manifest) {
  return JSON.parse(readFileSync(manifest, 'utf8')).version
}

/** @type {() => string | null} */
function readCommit() {
  /** @type {(...args: string[]) => string} */
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim()
  try {
    return (
      git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+')
    )
  } catch {
    return null
  }
}
