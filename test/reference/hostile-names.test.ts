import { describe, expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import { exportProgram } from '../../src/export-program.js'
import { needTool } from '../needed-tools.js'
import { outside, solveText } from './outside-solvers.js'
import { referenceProblem } from './reference-problem.js'
import { solveReference } from './solve-reference.js'

const names = [
  'st',
  'end',
  'free',
  '1e9',
  '__proto__',
  "it's",
  '"; end;',
  'a b:c',
  '🚀ß',
  '\u007f\u0085\n',
  'x'.repeat(500)
]

/** The Problem with names that mean something to the readers of other solvers. Domains, and so optima, stay what they are. */
function renamed(problem: Problem): Problem {
  const given = new Map<string, string>()
  const rename = (id: string) => {
    const name = given.get(id) ?? `${names[given.size % names.length]}${given.size < names.length ? '' : given.size}`
    given.set(id, name)
    return name
  }
  const renameAll = (ids: readonly string[]) => ids.map(rename)
  return parseProblem({
    ...problem,
    name: 'end;\n"',
    nodes: problem.nodes.map((node) => ({ ...node, id: rename(node.id) })),
    deployments: problem.deployments.map((deployment) => ({ ...deployment, id: rename(deployment.id) })),
    replicas: problem.replicas.map((replica) => ({
      ...replica,
      id: rename(`replica ${replica.id}`),
      deployment: rename(replica.deployment),
      node: replica.node === null ? null : rename(replica.node)
    })),
    rules: problem.rules.map((rule) =>
      rule.kind === 'conflict'
        ? { ...rule, between: [renameAll(rule.between[0]), renameAll(rule.between[1])] }
        : { ...rule, deployments: renameAll(rule.deployments) }
    ),
    headroom: problem.headroom.map((item) => ({ ...item, deployment: rename(item.deployment) }))
  })
}

const seeds = [1, 2, 5, 7, 8, 9, 12, 13]

describe('the reference', () => {
  const glpsol = needTool('glpsol')

  test('has the same optima whatever everything is called', async () => {
    for (const seed of seeds) {
      const problem = referenceProblem(seed)
      expect(await solveReference(glpsol, renamed(problem)), `seed ${seed}`).toEqual(
        await solveReference(glpsol, problem)
      )
    }
  })
})

describe.each(outside)('%s', (solver, format) => {
  const command = needTool(solver)

  test(`has the same optima of exported ${format} whatever everything is called`, async () => {
    for (const seed of seeds) {
      const problem = referenceProblem(seed)
      const [plain, odd] = await Promise.all(
        [problem, renamed(problem)].map((of) => solveText(command, solver, format, exportProgram(of, format)))
      )
      expect(odd, `seed ${seed}`).toBe(plain)
    }
  })

  test(`reads exported ${format} however long its Problem's name is`, async () => {
    const problem = referenceProblem(1)
    const solve = (name: string) => solveText(command, solver, format, exportProgram({ ...problem, name }, format))
    const optimum = await solve('short')
    for (const length of [100, 160, 256, 10_000]) {
      expect(await solve('A'.repeat(length)), `${length} characters`).toBe(optimum)
    }
  })
})
