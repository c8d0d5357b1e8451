/** One version of this package, built from its commit and run as a command. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseProblem } from 'replica-compactor'
import { judgePlacement } from '../contestants/judge.mjs'
import { runCommand } from '../engine/run-command.mjs'
import { locate, readJson } from '../instances.mjs'

/** @import { MeasuredVersion, VersionRun } from './record.mjs' */

/** @typedef {{ instances: readonly string[], seeds: number, limitSeconds: number, threads: number, say: (line: string) => void }} VersionOptions */

const root = fileURLToPath(new URL('../../', import.meta.url))
const git = (/** @type {string[]} */ ...args) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

/** The short hash of a commit; null where there is none of that name. @type {(name: string) => string | null} */
export function findCommit(name) {
  try {
    return git('rev-parse', '--quiet', '--verify', '--short', `${name}^{commit}`)
  } catch {
    return null
  }
}

/** Checks a commit out, builds it with the packages that are installed here, and measures it. @type {(commit: string, title: string, options: VersionOptions) => Promise<MeasuredVersion>} */
export async function measureVersion(commit, title, options) {
  const hash = findCommit(commit) ?? commit
  const folder = join(mkdtempSync(join(tmpdir(), 'replica-compactor-version-')), 'checkout')
  git('worktree', 'add', '--detach', folder, hash)
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    options.say(`${hash}: building`)
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
    return {
      version: readJson(new URL(`file://${join(folder, 'package.json')}`)).version,
      commit: hash,
      date: git('show', '--no-patch', '--format=%cI', hash),
      title,
      runs: await runAll(join(folder, 'dist/src/cli/main.js'), hash, options)
    }
  } finally {
    git('worktree', 'remove', '--force', folder)
    rmSync(join(folder, '..'), { recursive: true, force: true })
  }
}

/** @type {(command: string, hash: string, options: VersionOptions) => Promise<VersionRun[]>} */
async function runAll(command, hash, { instances, seeds, limitSeconds, threads, say }) {
  if (!existsSync(command)) throw new Error(`${hash} has no command to be measured`)
  const runs = []
  for (let seed = 1; seed <= seeds; seed++) {
    for (const instance of instances) {
      const file = locate('fixtures', `${instance}.problem.json`)
      if (file === undefined) throw new Error(`there is no fixtures/${instance}.problem.json`)
      const args = [
        ...[command, 'plan', fileURLToPath(file), '--json', '--time-limit', String(limitSeconds)],
        ...['--seed', String(seed), '--threads', String(threads)]
      ]
      const { stdout, seconds, exitCode } = await runCommand(process.execPath, args, 2 * limitSeconds + 30)
      const run = { instance, seed, seconds, ...judge(readFileSync(file, 'utf8'), exitCode === 0 ? stdout : '') }
      say(`${hash}: ${instance}, seed ${seed}: ${run.wrong ?? run.cost ?? 'nothing'} in ${seconds.toFixed(1)} s`)
      runs.push(run)
    }
  }
  return runs
}

/** @type {(problem: string, printed: string) => Pick<VersionRun, 'cost' | 'bound' | 'wrong'>} */
function judge(problem, printed) {
  if (printed === '') return { cost: null, bound: null, wrong: 'no answer' }
  const { placement, assumedDevices, headroom, newNodes, unplaced, bound } = JSON.parse(printed)
  const answer = { placement, assumedDevices, headroom, newNodes, unplaced }
  const { cost, wrong } = judgePlacement(parseProblem(JSON.parse(problem)), answer)
  return { cost, bound: bound?.costPerHour ?? null, wrong }
}
