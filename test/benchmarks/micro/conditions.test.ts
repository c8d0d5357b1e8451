import { describe, expect, test } from 'vitest'
import { describeDifferences, findDifferences } from '../../../benchmarks/micro/conditions.mjs'
import { recordOf } from './made-up.js'

const here = recordOf({})

test.each([
  ['processor', { machine: { ...here.machine, cpu: 'Another' } }, 'A Processor', 'Another'],
  ['cores', { machine: { ...here.machine, cores: 2 } }, '8', '2'],
  ['memory', { machine: { ...here.machine, memoryGiB: 24 } }, '16 GiB', '24 GiB'],
  ['architecture', { machine: { ...here.machine, architecture: 'arm64' } }, 'x64', 'arm64'],
  ['Node', { versions: { ...here.versions, node: '22.1.0' } }, '20', '22'],
  ['clock', { clock: 'wall' as const }, 'processor time', 'wall time']
])('another %s is another machine', (field, change, before, after) => {
  const differences = findDifferences(here, { ...here, ...change })
  expect(differences).toEqual([{ field, before, after }])
  expect(describeDifferences(differences, here)).toContain(`  ${field}  ${before} then, ${after} now\n`)
})

test('another patch of Node, package, commit or day is no other machine', () => {
  const versions = { node: '20.1.0', package: '0.2.0', highs: '1.16.0' }
  expect(findDifferences(here, { ...here, versions, commit: 'def5678' })).toEqual([])
})

describe('how to go on', () => {
  const differences = [{ field: 'cores', before: '8', after: '2' }]

  test('is to measure the former state here', () => {
    const words = describeDifferences(differences, here)
    expect(words).toContain('git worktree add ../former abc1234\n')
    expect(words).toContain('npm run micro -- --compare ../former/former.json')
    expect(words).not.toContain('with changes')
  })

  test('says where Git does not know that state', () => {
    const words = describeDifferences(differences, { ...here, commit: 'abc1234+' })
    expect(words).toContain('git worktree add ../former abc1234\n')
    expect(words).toContain('abc1234 with changes')
    expect(describeDifferences(differences, { ...here, commit: null })).toContain('../former COMMIT\n')
  })
})
