import { expect, onTestFinished, test } from 'vitest'
import { openDesk } from '../../src/page/desk/desk.js'
import type { InquiryAnswer } from '../../src/page/inquiry/inquiry.js'
import { createPlanner } from '../../src/page/planning/planner.js'
import { wishesOf } from '../../src/page/planning/wishes.js'
import { twoNodes } from './problems.js'

const options = { timeLimitMs: 5000, threads: 1 }
const silent = () => {}

/** A desk with two nodes that could be one, were nothing wished for. */
async function openTwo(wishes: Partial<ReturnType<typeof wishesOf>>) {
  const planner = createPlanner()
  onTestFinished(() => planner.abandon())
  const desk = openDesk(planner)
  await desk.open([{ kind: 'text', text: JSON.stringify(twoNodes()) }])
  const answer = await desk.plan({ ...wishesOf(twoNodes()), ...wishes }, options, silent)
  expect(answer.kind).toBe('planned')
  return desk
}

function told(answer: InquiryAnswer) {
  if (answer.kind !== 'told') throw new Error(`expected an answer, found ${JSON.stringify(answer)}`)
  return answer.sections.flatMap(({ title = '', lines }) => [
    title,
    ...lines.flatMap((line) => (line.kind === 'item' ? [line.text, line.note] : [line.text]))
  ])
}

test('what would free a node is said with its price, and how far it is meanwhile', async () => {
  const desk = await openTwo({ maxMigrations: 0 })
  const doing: string[] = []
  const answer = await desk.ask({ kind: 'node', node: 'b' }, options, (progress) => doing.push(progress.doing))
  const words = told(answer)
  expect(words).toContain('Single changes that free it, the best first')
  expect(words).toContainEqual(expect.stringMatching(/budget\.maxMigrations: 1 migration/))
  expect(words).toContainEqual(expect.stringMatching(/^saves 3\.00 an hour/))
  expect(doing.length).toBeGreaterThan(0)
})

test('what would make the whole plan cheaper is said, too', async () => {
  const desk = await openTwo({ maxMigrations: 0 })
  const words = told(await desk.ask({ kind: 'cluster' }, options, silent))
  expect(words).toContain('Single changes that make the cluster cheaper, the best first')
})

test('where nothing was found, what contradicts and the ways out', async () => {
  const desk = await openTwo({ emptiedNodes: ['a', 'b'] })
  const words = told(await desk.ask({ kind: 'refusal' }, options, silent))
  expect(words).toContain('These cannot hold together')
  expect(words).toContainEqual(expect.stringMatching(/^Single changes that give it an answer/))
})

test('a question that is dropped, or overtaken by a plan, has no answer and leaves the plan', async () => {
  const desk = await openTwo({ maxMigrations: 0 })
  const dropped = desk.ask({ kind: 'cluster' }, options, silent)
  desk.dropInquiry()
  expect(await dropped).toEqual({ kind: 'abandoned' })
  const overtaken = desk.ask({ kind: 'cluster' }, options, silent)
  const planning = desk.plan(wishesOf(twoNodes()), options, silent)
  desk.dropInquiry()
  expect(await overtaken).toEqual({ kind: 'abandoned' })
  expect(await planning).toMatchObject({ kind: 'planned', result: { isFeasible: true } })
})

test('what is not there to be asked about is a fault', async () => {
  const desk = openDesk(createPlanner())
  expect(await desk.ask({ kind: 'cluster' }, options, silent)).toMatchObject({ kind: 'fault' })
})
