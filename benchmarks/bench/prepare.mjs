/** Instances as files that contestants read, and what is to be known of them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseProblem } from 'replica-compactor'
import { parse } from 'yaml'
import { fingerprint } from '../../dist/src/result/fingerprint.js'
import { countMigrations } from '../engine/targets.mjs'
import { provide, readJson } from '../instances.mjs'
import { lookUpKnown, readBestKnown } from '../known.mjs'

/** @import { Problem } from 'replica-compactor' */
/** @import { BenchInstance } from './record.mjs' */
/** @import { Entry } from './suites.mjs' */

/** An instance that can be had: its Problem, and its facts. @typedef {{ entry: Entry, problem: Problem, facts: BenchInstance }} Prepared */

/** The name in records: the last part of the path, with the folder where that is a user's. @type {(entry: Entry) => string} */
export const nameOf = ({ place }) => place.name.replace(place.folder === 'given' ? /^given\// : /^.*\//, '')

/** undefined where it is not to be had. @type {(entry: Entry) => Prepared | undefined} */
export function prepare(entry) {
  const { place, group } = entry
  const file = place.folder === 'given' ? pathToFileURL(place.file) : provide(place)
  if (file === undefined) return undefined
  const problem = parseProblem(readProblem(file))
  const reason = refuseGoal(problem)
  if (reason !== null) throw new Error(reason)
  const known = place.folder === 'given' ? undefined : lookUpKnown(readBestKnown(), place.name, place.folder)
  const active = activeNodes(problem)
  const facts = {
    name: nameOf(entry),
    group,
    nodes: problem.nodes.length,
    replicas: problem.replicas.length,
    deployments: problem.deployments.length,
    fingerprint: fingerprint(problem),
    source: problem.source ?? originOf(entry),
    initial: {
      costPerHour: active.reduce((sum, { costPerHour }) => sum + costPerHour, 0),
      activeNodes: active.length
    },
    bestKnown: known?.cost === undefined || known.rounded === true ? null : known.cost,
    gpuLoad: gpuLoadOf(problem)
  }
  return { entry, problem, facts }
}

/** JSON is YAML, too, but read a hundred times faster as what it is. @type {(file: URL) => unknown} */
function readProblem(file) {
  return file.pathname.endsWith('.json') ? readJson(file) : parse(readFileSync(file, 'utf8'))
}

/** Where a Problem that does not say so itself is from. @type {(entry: Entry) => string} */
function originOf({ place }) {
  if (place.folder === 'given') return `a file of the user, ${nameOf({ group: '', place })}`
  const where =
    place.folder === 'fixtures' ? `fixtures/${place.name}.problem.json` : 'not in this repository, for its licence'
  return `${where}: see fixtures/README.md`
}

/** Why a Problem is not compared by cost alone, in words. @type {(problem: Problem) => string | null} */
function refuseGoal({ objective, pending, gate }) {
  const all = 'all are compared by cost alone'
  if (objective.horizonHours !== null) return `${all}: remove objective.horizonHours`
  if (pending === 'best-effort') return `${all}: remove pending, so that every replica is placed`
  return gate.paybackHours !== null || gate.minSavingPerMove > 0 ? `${all}: remove gate` : null
}

/** @type {(problem: Problem) => Problem['nodes']} */
function activeNodes({ nodes, replicas }) {
  const hosts = new Set(replicas.map(({ node }) => node))
  return nodes.filter(({ id, releasable }) => hosts.has(id) || !releasable)
}

/** @type {(problem: Problem) => number | null} */
function gpuLoadOf({ nodes, replicas, deployments }) {
  const demand = new Map(deployments.map(({ id, demand }) => [id, demand.gpu ?? 0]))
  const devices = nodes.reduce((sum, { capacity }) => sum + (capacity.gpu ?? 0), 0)
  const wanted = replicas.reduce(
    (sum, { deployment, node }) => sum + (node === null ? 0 : (demand.get(deployment) ?? 0)),
    0
  )
  return devices === 0 ? null : wanted / devices
}

/** Writes the Problem with the budget that counts, and says where. @type {(prepared: Prepared, budgetShare: number | null, folder: string) => string} */
export function writeTask({ problem, facts }, budgetShare, folder) {
  const maxMigrations = countMigrations(problem, budgetShare)
  const own = problem.budget.maxMigrations ?? Infinity
  const budget =
    maxMigrations === null ? problem.budget : { ...problem.budget, maxMigrations: Math.min(own, maxMigrations) }
  const file = join(folder, `${facts.fingerprint.slice(7, 23)}-${budgetShare ?? 'own'}.problem.json`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, JSON.stringify({ ...problem, budget }))
  return file
}
