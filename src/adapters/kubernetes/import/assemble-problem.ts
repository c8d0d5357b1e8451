import { migrationOptions } from '../../../../models/contract/migration-options.js'
import { InputError, parseProblem } from '../../../../models/contract/parse.js'
import { parseValue } from '../../../../models/contract/parse-value.js'
import { type Problem, type ProblemInput, problem } from '../../../../models/contract/problem.js'
import { checkReferences } from '../../../../models/contract/references.js'
import type { Rule } from '../../../../models/contract/rules.js'
import { parseImported } from '../../parse-imported.js'
import { PROBLEM_SOURCES } from '../../problem-source.js'
import { describeNodes } from './describe-nodes.js'
import { describeDeployment, describeReplica } from './describe-workloads.js'
import type { Findings } from './findings.js'
import type { KubernetesImportOptions } from './options.js'
import { startable } from './pinning.js'
import { GPU } from './resource-units.js'

/** Puts the Problem together. One in which nothing runs and nothing waits is no fault: it says what nodes there are, for a study. */
export function assembleProblem(findings: Findings, { name, takenAt }: KubernetesImportOptions): Problem {
  const { scene, demands, choices } = findings
  const asked = new Set([...demands.values()].flatMap((demand) => [...demand.keys()]))
  const nodes = describeNodes(findings, new Set(['cpu', 'memory', GPU, ...asked]))
  const there = new Set(nodes.flatMap(({ capacity }) => Object.keys(capacity)))
  const deployments: ProblemInput['deployments'] = []
  const replicas: ProblemInput['replicas'] = []
  let waiting = 0
  for (const group of scene.groups) {
    const { entries, unmade } = startable(group, scene.remarks)
    const placed = group.live.filter(({ node }) => node !== null)
    const copies = [...placed, ...group.draining, ...entries]
    const desired = placed.length + entries.length + unmade
    if (copies.length + desired === 0) continue
    waiting += entries.length + Math.max(0, unmade)
    deployments.push(describeDeployment(findings, group, desired))
    for (const entry of copies) replicas.push(describeReplica(findings, group, entry))
  }
  const known = new Set(deployments.map(({ id }) => id))
  // What no node has is named all the same: it is not misspelt, only not there.
  const absent = [...asked].filter((resource) => !there.has(resource))
  const kind = (resource: string) => (resource === GPU ? 'device' : 'scalar')
  const stopsFirst = scene.groups.some(({ handover }) => handover.kind === 'stop-first')
  const value: ProblemInput = {
    schemaVersion: 1,
    ...(name === undefined ? {} : { name }),
    source: PROBLEM_SOURCES.kubernetes,
    ...(takenAt === undefined ? {} : { takenAt }),
    ...(absent.length === 0
      ? {}
      : { resources: Object.fromEntries(absent.map((resource) => [resource, { kind: kind(resource) }])) }),
    nodes,
    deployments,
    replicas,
    rules: scene.rules.flatMap((rule) => narrow(rule, known)),
    ...(stopsFirst ? { migration: { rungs: [...migrationOptions.parse({}).rungs, 'stop-first'] } } : {}),
    ...(waiting > 0 ? { pending: choices.pending } : {})
  }
  const isIdle = replicas.length === 0 && deployments.every((deployment) => deployment.replicas === 0)
  return parseImported('kubernetes', value, isIdle ? parseFleet : parseProblem)
}

function parseFleet(value: ProblemInput): Problem {
  const read = parseValue('problem', problem, value, 'a Problem')
  const issues = checkReferences(read, false)
  if (issues.length > 0) throw new InputError('problem', issues)
  return read
}

/** A rule about the workloads that are in the Problem; none where too few are left. */
function narrow(rule: Rule, known: ReadonlySet<string>): Rule[] {
  const left = (ids: readonly string[]) => ids.filter((id) => known.has(id))
  if (rule.kind === 'conflict') {
    const between: [string[], string[]] = [left(rule.between[0]), left(rule.between[1])]
    return between.every((side) => side.length > 0) ? [{ ...rule, between }] : []
  }
  const deployments = left(rule.deployments)
  return deployments.length > 0 ? [{ ...rule, deployments }] : []
}
