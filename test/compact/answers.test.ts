import { describe, expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { compileInstance } from '../../models/instance/compile.js'
import { type Answer, certainNext } from '../../src/answers.js'
import { nameReplicas } from '../../src/search/name-replicas.js'
import { appraise } from '../../src/search/worth.js'
import { moved } from './moved.js'
import { node } from './planned.js'

const instance = compileInstance(
  parseProblem({
    schemaVersion: 1,
    nodes: ['a', 'b', 'c'].map((id) => node(id)),
    deployments: ['at-a', 'at-b', 'waiting'].map((id) => ({ id, demand: { cpu: 1 } })),
    replicas: [
      { id: 'at-a', deployment: 'at-a', node: 'a' },
      { id: 'at-b', deployment: 'at-b', node: 'b' },
      { id: 'waiting', deployment: 'waiting', node: null }
    ]
  })
)

function answer(name: string, homes: Readonly<Record<string, string>>, about: Partial<Answer> = {}): Answer {
  const state = moved(instance, homes)
  return {
    ...{ target: nameReplicas(state), producer: 'greedy', worth: appraise(state), notes: [name], isGated: false },
    ...about
  }
}

/** b gives and takes. */
const chain = (name: string) => answer(name, { 'at-a': 'b', 'at-b': 'c', waiting: 'c' })
const oneWay = (name: string) => answer(name, { 'at-a': 'c', 'at-b': 'c', waiting: 'c' })
const initial = answer('initial', {}, { producer: 'initial' })

/** Gives answers one by one, and notes which were asked for. */
function offer(...answers: Answer[]) {
  const asked: string[] = []
  function* all(): Generator<Answer> {
    for (const given of answers) {
      asked.push(given.notes.join())
      yield given
    }
  }
  return { asked, tried: certainNext(instance, all()) }
}

/** The names of answers in the order in which they are tried; notes may change on the way, targets stay what they are. */
function order(...answers: Answer[]): string[] {
  const names = new Map(answers.map(({ target, notes }) => [target, notes.join()]))
  return [...offer(...answers).tried].map(({ target }) => names.get(target) ?? 'never offered')
}

describe('what comes first', () => {
  test('is the first that is offered, as it is, and nothing else is asked for before it is', () => {
    const [best, other] = [chain('best'), oneWay('other')]
    const { asked, tried } = offer(best, other)
    expect(asked).toEqual([])
    expect(tried.next().value).toBe(best)
    expect(asked).toEqual(['best'])
    tried.next()
    expect(asked).toEqual(['best', 'other'])
  })

  test('is nothing where nothing is offered', () => {
    expect(order()).toEqual([])
  })
})

describe('what comes second', () => {
  test('is the best in which no node both gives and takes; all others follow once, in their order', () => {
    const late = answer('late', { 'at-a': 'c', waiting: 'c' })
    const answers = [chain('best'), chain('good'), oneWay('certain'), chain('fair'), late, initial]
    expect(order(...answers)).toEqual(['best', 'certain', 'good', 'fair', 'late', 'initial'])
  })

  test('tells what the next best would have told: that the best could not be reached', () => {
    const { tried } = offer(chain('best'), chain('good'), oneWay('certain'))
    expect([...tried].map(({ notes }) => notes)).toEqual([['best'], ['good'], ['good']])
  })

  test('is looked for behind the first only', () => {
    expect(order(oneWay('best'), chain('good'), initial)).toEqual(['best', 'good', 'initial'])
  })

  test('is not the cluster as it is, though no node gives or takes there', () => {
    expect(order(chain('best'), chain('good'), initial)).toEqual(['best', 'good', 'initial'])
  })

  test.each([
    ['a running copy comes to a node that another leaves', { 'at-a': 'b', 'at-b': 'c', waiting: 'c' }],
    ['two change places', { 'at-a': 'b', 'at-b': 'a', waiting: 'c' }],
    ['a pending replica starts on a node that a running copy leaves', { 'at-a': 'c', waiting: 'a' }]
  ])('is none where %s', (_, homes) => {
    expect(order(chain('best'), chain('good'), answer('mixed', homes))).toEqual(['best', 'good', 'mixed'])
  })

  test.each([
    ['a node takes a running copy and a pending replica', { 'at-a': 'c', waiting: 'c' }],
    ['what stays is beside what comes', { 'at-a': 'b', waiting: 'b' }],
    ['nothing that runs moves', { waiting: 'a' }]
  ])('is one where %s', (_, homes) => {
    expect(order(chain('best'), chain('good'), answer('certain', homes))).toEqual(['best', 'certain', 'good'])
  })
})
