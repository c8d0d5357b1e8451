import { describe, expect, onTestFinished, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { compact } from '../../src/compact.js'
import { openDesk } from '../../src/page/desk/desk.js'
import { createPlanner } from '../../src/page/planning/planner.js'
import { wishesOf } from '../../src/page/planning/wishes.js'
import { alternatives } from '../../src/review/alternatives/alternatives.js'
import { revise } from '../../src/review/revise/revise.js'
import { why } from '../../src/review/why/why.js'
import { threeOfSevenAndSix } from '../ray/drains/clusters.js'

// One of its nodes can be given up, but not by draining it.
const problem = threeOfSevenAndSix()
const planned = () => compact(problem, { executableOn: 'ray', workLimit: 2000 })
const options = { timeLimitMs: 2000, threads: 1 }
const silent = () => {}

describe('a Result that is restricted to what Ray can execute', () => {
  test('is not asked about: nothing that would be said need hold there', async () => {
    const result = await planned()
    expect(result.releasedNodes).toEqual([])
    const refusal = /solve\.executableOn: found .*--executable-on ray.*may be impossible there/
    await expect(why(problem, result, { timeLimitMs: 2000 })).rejects.toThrow(refusal)
    await expect(why(problem, result, { node: 'a', timeLimitMs: 2000 })).rejects.toThrow(refusal)
    await expect(why(problem, result, { replica: 'd5-0', timeLimitMs: 2000 })).rejects.toThrow(refusal)
    await expect(revise(problem, result, { pin: ['d5-0'] })).rejects.toThrow(refusal)
    await expect(alternatives(problem, result, 'd5-0')).rejects.toThrow(refusal)
  })

  test('nor where it has no placement', async () => {
    const tight = parseProblem({ ...problem, nodes: problem.nodes.map((node) => ({ ...node, mustEmpty: true })) })
    const result = await compact(tight, { executableOn: 'ray', solver: 'greedy', workLimit: 500 })
    await expect(why(tight, result, { timeLimitMs: 2000 })).rejects.toThrow('solve.executableOn')
  })

  test('is refused on the page, too, which plans it again as it was restricted', async () => {
    const planner = createPlanner()
    onTestFinished(() => planner.abandon())
    const desk = openDesk(planner)
    const text = JSON.stringify(problem)
    await desk.open([
      { kind: 'text', text },
      { kind: 'text', text: JSON.stringify(await planned()) }
    ])
    const refusal = { kind: 'fault', fault: { title: 'That cannot be asked of a plan for Ray Serve.' } }
    expect(await desk.decide({ pin: ['d5-0'] }, { threads: 1 }, silent)).toMatchObject(refusal)
    expect(await desk.ask({ kind: 'cluster' }, { threads: 1 }, silent)).toMatchObject(refusal)
    expect(await desk.plan(wishesOf(problem), options, silent)).toMatchObject({ kind: 'planned' })
    expect(await desk.ask({ kind: 'cluster' }, { threads: 1 }, silent)).toMatchObject(refusal)
  })
})
