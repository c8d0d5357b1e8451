import { MessageChannel } from 'node:worker_threads'
import { expose, wrap } from 'comlink'
import { describe, expect, onTestFinished, test } from 'vitest'
import { InputError, parseProblem } from '../../models/contract/parse.js'
import { compact } from '../../src/compact.js'
import { type DownloadAnswer, openDesk, type PlanAnswer } from '../../src/page/desk/desk.js'
import { carryInputErrors } from '../../src/page/planning/carry-input-errors.js'
import { createPlanner } from '../../src/page/planning/planner.js'
import { wishesOf } from '../../src/page/planning/wishes.js'
import { fingerprint } from '../../src/result/fingerprint.js'
import { sampleProblem, sampleResult } from '../cli/sample-result.js'
import { twoNodes } from './problems.js'

const options = { timeLimitMs: 5000, threads: 1 }
const text = (value: unknown) => [{ kind: 'text', text: JSON.stringify(value) } as const]

function openNew() {
  const planner = createPlanner()
  onTestFinished(() => planner.abandon())
  return openDesk(planner)
}

async function openTwo() {
  const desk = openNew()
  const opened = await desk.open(text(twoNodes()))
  expect(opened).toMatchObject({ kind: 'problem', problem: { name: 'two', nodes: 2, movable: 2, costPerHour: 4 } })
  return desk
}

function written(answer: DownloadAnswer) {
  if (answer.kind !== 'file') throw new Error(`expected a file, found ${JSON.stringify(answer)}`)
  return answer.file
}

function planned(answer: PlanAnswer) {
  if (answer.kind !== 'planned') throw new Error(`expected a plan, found ${JSON.stringify(answer)}`)
  return answer
}

describe('the desk', () => {
  test('shows a Problem as it is, and with a plan every step of it', async () => {
    const desk = await openTwo()
    const { result, cluster } = planned(await desk.plan(wishesOf(twoNodes()), options, () => {}))
    expect(result).toMatchObject({ isFeasible: true, violations: [] })
    expect(cluster.rows.map(({ id, fate }) => [id, fate])).toEqual([
      ['a', 'stays'],
      ['b', 'released']
    ])
    expect(cluster.rows[0]).toMatchObject({ before: { copies: 1, shares: [0.5] } })
    const end = desk.frame(cluster.steps)
    expect(end).toMatchObject({ step: cluster.steps, costPerHour: 1, migrations: { done: 1, inFlight: 0, total: 1 } })
    const [, gone] = end.changed.find(([row]) => row === 1) ?? []
    expect(gone).toMatchObject({ presence: 'released', copies: 0 })
    const outset = desk.frame(0)
    expect(outset).toMatchObject({ costPerHour: 4, sentence: '', touched: [] })
    expect(new Map(outset.changed)).toEqual(new Map(cluster.rows.map(({ before }, row) => [row, before])))
    expect(desk.moves()).toEqual([expect.objectContaining({ replica: 'web-1', from: 'b', to: 'a' })])
    expect(desk.details(1)).toMatchObject({ residents: [{ replica: 'web-1', role: 'leaves', other: 'a' }] })
  })

  test('plans what is wished for', async () => {
    const desk = await openTwo()
    const wishes = { ...wishesOf(twoNodes()), emptiedNodes: ['a'] }
    const { cluster } = planned(await desk.plan(wishes, options, () => {}))
    expect(cluster.rows.map(({ fate }) => fate)).toEqual(['released', 'stays'])
  })

  test('keeps what was decided on moves when all is planned anew', async () => {
    const desk = await openTwo()
    const wishes = wishesOf(twoNodes())
    await desk.plan(wishes, options, () => {})
    const decided = planned(await desk.decide({ pin: ['web-1'] }, { threads: 1 }, () => {}))
    expect(decided.result.decisions.pin).toEqual([{ replica: 'web-1' }])
    // Then the other one goes where it is, or nobody moves.
    expect(desk.moves().map(({ replica }) => replica)).not.toContain('web-1')
    const again = planned(await desk.plan({ ...wishes, maxMigrations: 5 }, options, () => {}))
    expect(again.result.decisions.pin).toEqual([{ replica: 'web-1' }])
    expect(desk.moves().map(({ replica }) => replica)).not.toContain('web-1')
    const free = planned(await desk.decide({ forget: ['web-1'] }, { threads: 1 }, () => {}))
    expect(free.result.decisions.pin).toEqual([])
  })

  test('leaves everything as it was where nothing is found or read', async () => {
    const desk = await openTwo()
    await desk.plan(wishesOf(twoNodes()), options, () => {})
    const moves = desk.moves()
    const wishes = { ...wishesOf(twoNodes()), emptiedNodes: ['a', 'b'] }
    const { result } = planned(await desk.plan(wishes, options, () => {}))
    expect(result).toMatchObject({ isFeasible: false, violations: [] })
    expect(result.conflict.length).toBeGreaterThan(0)
    expect(await desk.open([{ kind: 'text', text: '{' }])).toMatchObject({ kind: 'fault' })
    expect(desk.moves()).toEqual(moves)
  })

  test('lets go of a planning for which another Problem was opened', async () => {
    const desk = await openTwo()
    const answer = desk.plan(wishesOf(twoNodes()), options, () => {})
    await desk.open(text(twoNodes()))
    expect(await answer).toEqual({ kind: 'abandoned' })
  })

  test('writes what was planned', async () => {
    const desk = await openTwo()
    await desk.plan(wishesOf(twoNodes()), options, () => {})
    const files = await Promise.all(
      (['result', 'problem', 'report', 'script'] as const).map(async (kind) => written(await desk.download(kind)))
    )
    expect(files.map(({ name }) => name)).toEqual(['two.result.json', 'two.problem.json', 'two.html', 'two.sh'])
    const [result = '', problem = '', report = '', script = ''] = await Promise.all(
      files.map(({ content }) => content.text())
    )
    expect(report).toMatch(/^<!doctype html>/)
    expect(script).toMatch(/^#!/)
    const sources = [result, problem].map((content) => ({ kind: 'text', text: content }) as const)
    expect(await desk.open(sources)).toMatchObject({ kind: 'result', result: { violations: [] } })
  })

  test('writes no script of a plan that the checker refuses, and says why', async () => {
    const desk = openNew()
    const problem = sampleProblem()
    const { plan } = sampleResult()
    const steps = plan.steps.map((step) => (step.id === 's7' ? { ...step, after: [] } : step))
    const unsafe = sampleResult({ problem: { fingerprint: fingerprint(problem) }, plan: { ...plan, steps } })
    const opened = await desk.open([...text(problem), ...text(unsafe)])
    expect(opened).toMatchObject({ kind: 'result', result: { violations: [expect.any(String)] } })
    const answer = await desk.download('script')
    expect(answer).toMatchObject({ kind: 'fault', fault: { title: expect.stringContaining('checker refuses') } })
    expect(await written(await desk.download('report')).content.text()).toContain('must not be carried out')
  })

  test('recomputes what a certificate proves', async () => {
    const desk = openNew()
    const problem = twoNodes()
    const result = await compact(problem, { certificate: true })
    const sources = [...text(problem), ...text(result)]
    const tile = { label: 'The checker', detail: 'every order is safe, and the bound is recomputed' }
    expect(await desk.open(sources)).toMatchObject({
      result: { tiles: expect.arrayContaining([expect.objectContaining(tile)]) }
    })
    const { certificate } = result
    if (certificate === undefined) throw new Error('expected a certificate')
    const wrong = { ...result, certificate: { ...certificate, bound: certificate.bound + 1 } }
    const opened = await desk.open([...text(problem), ...text(wrong)])
    expect(opened).toMatchObject({
      kind: 'result',
      result: { violations: expect.arrayContaining(['the bound is said to be 2, confirmed up to 1']) }
    })
  })

  test('offers pins where they can be, and says what cannot be decided', async () => {
    const desk = openNew()
    const plain = twoNodes()
    const [first, second] = plain.replicas
    const problem = parseProblem({
      ...plain,
      replicas: [first, { ...second, state: 'draining' }, { id: 'web-2', deployment: 'web', node: 'a', movable: false }]
    })
    await desk.open(text(problem))
    await desk.plan(wishesOf(problem), options, () => {})
    const pins = [0, 1].flatMap((row) => desk.details(row).residents.map(({ replica, pin }) => [replica, pin]))
    expect(pins).toEqual(
      expect.arrayContaining([
        ['web-0', 'free'],
        ['web-1', 'none'],
        ['web-2', 'fixed']
      ])
    )
    const answer = await desk.decide({ pin: ['web-1'] }, { threads: 1 }, () => {})
    expect(answer).toMatchObject({
      kind: 'fault',
      fault: { title: 'That cannot be decided.', issues: [{ found: expect.stringContaining('which is draining') }] }
    })
  })

  test('shows devices as full as they are also where nothing says which are held', async () => {
    const desk = openNew()
    const opened = await desk.open(
      text({
        schemaVersion: 1,
        nodes: [{ id: 'n', capacity: { gpu: 4 }, costPerHour: 1 }],
        deployments: [
          { id: 'large', demand: { gpu: 2 } },
          { id: 'small', demand: { gpu: 0.5 } }
        ],
        replicas: [
          { id: 'known', deployment: 'small', node: 'n', devices: { gpu: [1] } },
          { id: 'l', deployment: 'large', node: 'n' },
          { id: 's', deployment: 'small', node: 'n' }
        ]
      })
    )
    if (opened.kind !== 'problem') throw new Error('expected a Problem')
    expect(opened.cluster.rows[0]?.before.devices).toEqual([[1, 0.5, 1, 0.5]])
  })

  test('shows what a cluster without a plan costs, and the labels of its nodes', async () => {
    const desk = openNew()
    const problem = twoNodes()
    const [node, other] = problem.nodes
    const opened = await desk.open(text({ ...problem, nodes: [{ ...node, labels: { zone: 'north' } }, other] }))
    expect(opened).toMatchObject({ kind: 'problem', cluster: { costs: [{ migrations: 0, costPerHour: 4 }] } })
    expect(desk.details(0).labels).toEqual([['zone', 'north']])
  })
})

test('an InputError arrives in another thread with all its places', async () => {
  carryInputErrors()
  const { port1, port2 } = new MessageChannel()
  onTestFinished(() => port1.close())
  const issues = [{ path: 'pin[0]', found: 'x', expected: 'y' }]
  const far = {
    refuse: async (): Promise<void> => Promise.reject(new InputError('decisions', issues)),
    fail: async (): Promise<void> => Promise.reject(new TypeError('broken'))
  }
  expose(far, port1 as unknown as MessagePort)
  const near = wrap<typeof far>(port2 as unknown as MessagePort)
  const error = await near.refuse().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(InputError)
  expect(error).toMatchObject({ subject: 'decisions', issues })
  await expect(near.fail()).rejects.toThrow('broken')
})
