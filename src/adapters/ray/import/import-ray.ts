import { parseProblem } from '../../../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../../../models/contract/problem.js'
import { COMMON_RANGES, readOptions } from '../../import-options.js'
import type { ImportReport } from '../../import-report.js'
import { parseImported } from '../../parse-imported.js'
import { PriceBook, type PriceOptions } from '../../prices.js'
import { PROBLEM_SOURCES } from '../../problem-source.js'
import { selectNodes } from './deployments/deployment-selector.js'
import { type ImportedDeployment, importDeployment } from './deployments/import-deployment.js'
import { readReplicas } from './deployments/import-replicas.js'
import { shapeOf } from './deployments/ray-deployment.js'
import { ImportNotes } from './import-notes.js'
import { NodeChoices } from './labels/node-choice.js'
import { checkRoom } from './nodes/check-room.js'
import { importNode } from './nodes/import-nodes.js'
import { NodePrices } from './nodes/node-prices.js'
import { noteUnusedOverrides } from './overrides/unused-overrides.js'
import type { RaySnapshot } from './payloads/documents.js'
import { type ReadSnapshot, readSnapshot } from './read-snapshot.js'
import { addAmounts, isDeviceResource, problemName } from './resource-names.js'

/** How a snapshot is read. Everything may be left out. */
export interface RayImportOptions extends PriceOptions {
  /** Name of the cluster, for people. */
  readonly name?: string
  /** When the payloads were read, in ISO 8601. */
  readonly takenAt?: string
}

/** What became of a snapshot. */
export interface RayImport {
  readonly problem: Problem
  readonly report: ImportReport
}

/**
 * A Ray Serve cluster as a Problem. Nothing is guessed: a price or a placement group that nobody tells is an error that names the
 * override. Throws MissingOverridesError with all of these at once, and InputError for payloads and options that are wrong.
 */
export function importRay(snapshot: RaySnapshot, given: RayImportOptions = {}): RayImport {
  const options = readOptions(given, COMMON_RANGES)
  const notes = new ImportNotes()
  const book = new PriceBook(options)
  const read = readSnapshot(snapshot, notes)
  const choices = new NodeChoices()
  const { imported, demanded } = importDeployments(read, choices, notes)
  const prices = new NodePrices(read.overrides, book, notes)
  const surroundings = { ...read, prices, choices, held: sumHoldings(imported), demanded }
  const nodes = read.nodes.alive.map((node) => importNode(node, surroundings, notes))
  notes.check()
  const replicas = imported.flatMap((each) => each.replicas)
  const deployments = imported.flatMap((each) => each.deployments)
  checkRoom({ nodes, replicas, deployments }, read.nodes.alive, notes)
  if (nodes.length === 0) {
    notes.issues.push({ path: '', found: 'no node that is alive', expected: 'at least one' })
  }
  if (replicas.length === 0 && deployments.every((deployment) => deployment.replicas === 0)) {
    notes.issues.push({ path: '', found: 'no replica', expected: 'at least one, in some application' })
  }
  noteUnusedOverrides(read, notes)
  notes.check()
  const { name, takenAt } = options
  const input: ProblemInput = {
    schemaVersion: 1,
    ...(name === undefined ? {} : { name }),
    source: PROBLEM_SOURCES.ray,
    ...(takenAt === undefined ? {} : { takenAt }),
    resources: declareResources(read, demanded),
    nodes,
    deployments,
    replicas
  }
  const problem = parseImported('ray', input, parseProblem)
  const { pinned, leftOut, adapted } = notes
  const imports = { nodes: nodes.length, deployments: deployments.length, replicas: replicas.length }
  return {
    problem,
    report: { source: 'ray', read: read.counts, imported: imports, pinned, leftOut, adapted, prices: prices.list() }
  }
}

/** All deployments, and the resources that some replica asks for. */
function importDeployments(read: ReadSnapshot, choices: NodeChoices, notes: ImportNotes) {
  const { nodes, overrides, usage } = read
  const isUsageKnown = nodes.alive.every(({ nodeId }) => usage.has(nodeId))
  const demanded = new Set<string>()
  const imported: ImportedDeployment[] = []
  for (const deployment of read.deployments) {
    const shape = shapeOf(deployment, overrides, notes)
    const replicas = readReplicas(deployment, nodes, overrides, notes)
    if (shape === null) continue
    for (const resource of shape.parts.flatMap((part) => [...part.keys()])) {
      if (!nodes.isLabel(resource)) demanded.add(resource)
    }
    const selector = selectNodes(deployment, shape, choices, nodes.isLabel, notes)
    const surroundings = { nodes, overrides, isUsageKnown }
    imported.push(importDeployment(deployment, shape, replicas, selector, surroundings, notes))
  }
  return { imported, demanded }
}

/** What the replicas on each node hold, in names and units of Ray, by hexadecimal id. */
function sumHoldings(imported: readonly ImportedDeployment[]): Map<string, ReadonlyMap<string, number>> {
  const sums = new Map<string, ReadonlyMap<string, number>>()
  for (const { node, amounts } of imported.flatMap(({ holdings }) => holdings)) {
    sums.set(node.nodeId, addAmounts([...(sums.get(node.nodeId) ?? []), ...amounts]))
  }
  return sums
}

/** How each resource is counted; what replicas ask for and no node has is known by it, too. */
function declareResources({ nodes }: ReadSnapshot, demanded: ReadonlySet<string>): ProblemInput['resources'] {
  const there = nodes.alive.flatMap(({ resources }) => Object.keys(resources))
  const devices = [...new Set([...there, ...demanded])].filter(
    (resource) => isDeviceResource(resource) || demanded.has(resource)
  )
  return Object.fromEntries(
    devices.map((resource) => [problemName(resource), { kind: isDeviceResource(resource) ? 'device' : 'scalar' }])
  )
}
