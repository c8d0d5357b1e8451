import { expect, test } from 'vitest'
import { InputError } from '../../../models/contract/parse.js'
import type { Verdicts } from '../../../src/review/revise/read-decisions.js'
import { revise } from '../../../src/review/revise/revise.js'
import { movesOf, planOf, smallCluster } from './three-node-plan.js'

const problem = smallCluster()
const plan = await planOf(problem)
const [move = ''] = movesOf(problem, plan)
const still = problem.replicas.find(({ id }) => !movesOf(problem, plan).includes(id))?.id ?? ''

async function issuesOf(verdicts: unknown, of: unknown = plan) {
  const error = await revise(problem, of as typeof plan, verdicts as Verdicts).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(InputError)
  return error as InputError
}

test.each([
  ['an unknown replica', { accept: ['nobody'] }, 'accept[0]', '"nobody"'],
  [
    'one that is accepted and rejected',
    { accept: [move], reject: [move] },
    'reject[0]',
    `"${move}", which is in accept, too`
  ],
  ['one that is named twice', { pin: [move, move] }, 'pin[1]', `"${move}" again`],
  ['accepting one that stays', { accept: [still] }, 'accept[0]', `"${still}", which stays on`],
  ['rejecting one that stays', { reject: [still] }, 'reject[0]', `"${still}", which stays on`],
  ['forgetting what was not decided', { forget: [move] }, 'forget[0]', `"${move}"`],
  ['a decision that there is not', { allow: [move] }, 'allow', 'an unknown decision'],
  ['ids that are no list', { accept: move }, 'accept', `"${move}"`],
  ['a name that JavaScript knows', { pin: ['__proto__'] }, 'pin[0]', '"__proto__"']
])('%s is an input error that says where', async (_, verdicts, path, found) => {
  const { subject, issues } = await issuesOf(verdicts)
  expect(subject).toBe('decisions')
  expect(issues).toHaveLength(1)
  expect(issues[0]?.path).toBe(path)
  expect(issues[0]?.found).toContain(found)
})

test('a Result of another Problem, or one that breaks this one, is refused', async () => {
  const other = await issuesOf({ pin: [move] }, { ...plan, problem: { fingerprint: 'sha256:0' } })
  expect(other.issues[0]).toMatchObject({ path: 'problem.fingerprint', found: 'sha256:0' })
  const placement = plan.placement.map((entry) => ({ ...entry, node: 'a' }))
  const broken = await issuesOf({ pin: [move] }, { ...plan, placement })
  expect(broken.subject).toBe('result')
})

test('options that are out of range are refused', async () => {
  await expect(revise(problem, plan, { pin: [move] }, { timeLimitMs: 0 })).rejects.toThrow('timeLimitMs')
  await expect(revise(problem, plan, { pin: [move] }, { trustBound: 'yes' } as never)).rejects.toThrow('trustBound')
})

/** The plan, as if earlier decisions had been these. */
const carrying = (changes: object) => ({
  ...plan,
  explanation: { decisions: { accept: [], reject: [], pin: [], ...changes } }
})

test.each([
  ['an unknown replica that was accepted', { accept: [{ replica: 'nobody', node: 'a' }] }, 'accept[0]', 'nobody'],
  ['a move to a node where the plan does not put it', { accept: [{ replica: move, node: 'c' }] }, 'accept[0]', 'on c'],
  ['a replica that stays', { accept: [{ replica: still, node: 'zzz' }] }, 'accept[0]', 'stays on'],
  ['an unknown replica that was pinned', { pin: [{ replica: '__proto__' }] }, 'pin[0]', '__proto__'],
  [
    'an unknown deployment',
    { reject: [{ replica: move, deployment: 'none', node: 'a', others: 0 }] },
    'reject[0]',
    'no deployment none'
  ],
  [
    'a replica of another deployment',
    { reject: [{ replica: move, deployment: 'db', node: 'a', others: 0 }] },
    'reject[0]',
    `db has no replica ${move}`
  ],
  [
    'an unknown node',
    { reject: [{ replica: move, deployment: 'web', node: 'zzz', others: 0 }] },
    'reject[0]',
    'no node zzz'
  ],
  [
    'a type that is not for sale',
    { reject: [{ replica: move, deployment: 'web', node: 'new-x-1', type: 'x', others: 0 }] },
    'reject[0]',
    'of type x'
  ],
  ['one that is pinned twice', { pin: [{ replica: move }, { replica: move }] }, 'pin[1]', 'twice']
])('a Result that carries %s is refused, and says where', async (_, decisions, path, found) => {
  const { subject, issues } = await issuesOf({ pin: ['db-0'] }, carrying(decisions))
  expect(subject).toBe('result')
  expect(issues.map((issue) => issue.path)).toEqual([`explanation.decisions.${path}`])
  expect(issues[0]?.found).toContain(found)
})

test('a wrong decision that is forgotten, or decided anew, does no harm', async () => {
  const wrong = carrying({ accept: [{ replica: move, node: 'c' }] })
  for (const verdicts of [{ forget: [move] }, { pin: [move] }]) {
    const { result } = await revise(problem, wrong, verdicts, { threads: 1 })
    expect(result.explanation.decisions?.accept).toEqual([])
  }
})
