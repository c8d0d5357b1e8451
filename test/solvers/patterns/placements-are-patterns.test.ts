import { expect, test } from 'vitest'
import { formulatePatterns, type PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { patternScope } from '../../../src/search/patterns/pattern-scope.js'
import { NodeRoom } from '../../../src/solvers/patterns/node-room.js'
import { costOf, linkOf, type Pattern } from '../../../src/solvers/patterns/pattern.js'
import { shareBins } from '../../../src/solvers/patterns/share-packing.js'
import { type Optimum, TooLargeError, visitPlacements } from '../../brute-force/enumerate-placements.js'
import { readPacking } from '../../formulations/read-packing.js'
import { patternCluster } from './pattern-cluster.js'
import { placementPatterns } from './placement-patterns.js'

/** What makes the patterns of a placement no solution of a pattern problem, or one that costs more than the placement. */
function faultsOf(problem: PatternProblem, patterns: readonly Pattern[], atMost: number): string[] {
  const faults: string[] = []
  const { wanted, deployments, available, groupNodes, most, linkLeast, residentStart, residentHeld } = problem
  const sum = (of: (pattern: Pattern) => number) => patterns.reduce((total, pattern) => total + of(pattern), 0)
  for (const [deployment, copies] of wanted.entries()) {
    if (sum(({ counts }) => counts[deployment] as number) < copies) faults.push(`too few copies of ${deployment}`)
  }
  for (const [kind, nodes] of available.entries()) {
    if (sum((pattern) => Number(pattern.kind === kind)) > nodes) faults.push(`too many nodes of ${kind}`)
  }
  for (const [group, nodes] of groupNodes.entries()) {
    const active = sum((pattern) => Number(pattern.group === group))
    const isHeld = residentHeld.slice(residentStart[group], residentStart[group + 1]).some((held) => held > 0)
    if (active > nodes || (isHeld && active < nodes)) faults.push(`wrong number of nodes of group ${group}`)
  }
  for (const [row, least] of linkLeast.entries()) {
    if (sum((pattern) => linkOf(problem, row, pattern)) < least - 1e-9) faults.push(`row ${row}`)
  }
  for (const { kind, group, counts, stays } of patterns) {
    const room = new NodeRoom(problem, kind, shareBins(problem))
    for (const [index, copies] of stays.entries()) {
      if (copies < (residentHeld[(residentStart[group] as number) + index] as number)) faults.push('a held copy moves')
    }
    for (const [deployment, copies] of counts.entries()) {
      if (!room.take(deployment, copies)) faults.push(`no room for ${copies} of ${deployment}`)
      const here = stays.reduce((total, copy, index) => {
        const isSame = problem.residentDeployment[(residentStart[group] as number) + index] === deployment
        return isSame ? total + copy : total
      }, 0)
      if (copies > here && copies > (most[kind * deployments + deployment] as number)) {
        faults.push(`more than the most of ${deployment}`)
      }
    }
  }
  const cost = problem.fixedCost + sum((pattern) => costOf(problem, pattern))
  if (cost > atMost + 1e-6 * Math.max(1, atMost)) faults.push(`costs ${cost}, not ${atMost}`)
  return faults
}

test('every legal placement is a solution of every pattern problem, at no more cost', () => {
  const seen = { placements: 0, kinds: 0, contents: 0, links: 0 }
  for (let seed = 1; seed <= 400; seed++) {
    const problem = patternCluster(seed)
    const instance = compileInstance(problem)
    const scope = patternScope(instance)
    if (scope === 'none') continue
    const placements: Optimum[] = []
    try {
      visitPlacements(problem, (placement) => placements.push(placement), 4_000)
    } catch (error) {
      // Those seen by then do.
      if (!(error instanceof TooLargeError)) throw error
    }
    if (placements.length === 0) continue
    seen[scope]++
    const byKinds = formulatePatterns(instance, false)
    const byContents = formulatePatterns(instance, true)
    if (byContents.linkCopy.length > 0) seen.links++
    // The first, the last and some between.
    const step = Math.ceil(placements.length / 60)
    for (let index = 0; index < placements.length; index += step) {
      const placement = placements[index] as Optimum
      const packing = readPacking(instance, placement)
      const where = `seed ${seed}, placement ${index}`
      const known = placementPatterns(instance, packing, true)
      expect(faultsOf(byKinds, placementPatterns(instance, packing, false), placement.total), where).toEqual([])
      expect(faultsOf(byContents, known, placement.total), where).toEqual([])
      const moves = formulatePatterns(instance, true, { of: 'moves', costAtMost: placement.total })
      if (problem.objective.horizonHours === null) expect(faultsOf(moves, known, placement.moveCost), where).toEqual([])
      seen.placements++
    }
  }
  expect(seen.placements).toBeGreaterThan(1_000)
  expect(seen.kinds).toBeGreaterThan(15)
  expect(seen.contents).toBeGreaterThan(40)
  expect(seen.links).toBeGreaterThan(20)
})
