import { expect, test } from 'vitest'
import { compact, parseProblem } from '../../src/index.js'
import { expectChecked } from '../compact/planned.js'
import { randomCluster } from '../compact/random-cluster.js'
import { EndState } from './end-state.js'

test('what a move is said to be for is what breaks when it alone is taken back', async () => {
  const seen = new Map<string, number>()
  for (let seed = 0; seed < 400; seed++) {
    const problem = parseProblem(randomCluster(seed))
    const result = await compact(problem, { solver: 'greedy', seed })
    expectChecked(problem, result)
    const end = new EndState(problem, result)
    const moved = result.explanation.moves ?? []
    expect(moved.length, `seed ${seed}`).toBe(result.objective?.migrations ?? 0)
    for (const { replica, code, node: home, replicas = [] } of moved) {
      seen.set(code, (seen.get(code) ?? 0) + 1)
      const others = end.copies.filter((copy) => copy.replica !== replica)
      const back = [...others, end.atHome(replica)]
      const about = `seed ${seed}: ${replica} ${code}`
      if (code === 'none-found' || code === 'gang') expect(end.isWorse(back), about).toBe(false)
      if (code === 'make-room') {
        expect(end.isWorse(back), about).toBe(true)
        expect(replicas, about).not.toEqual([])
        const stayers = others.filter((copy) => copy.node === home && !replicas.includes(copy.replica))
        expect(end.continuously().isWorse([...stayers, end.atHome(replica)], stayers, []), about).toBe(false)
      }
      if (code === 'headroom' || code === 'keep-rule') expect(end.isWorse(back), about).toBe(true)
    }
  }
  for (const code of ['empty-node', 'must-empty', 'repair', 'make-room', 'headroom', 'keep-rule', 'none-found'])
    expect(seen.get(code) ?? 0, code).toBeGreaterThan(0)
})
