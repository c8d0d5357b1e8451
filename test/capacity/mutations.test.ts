import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { InputError, parseProblem } from '../../models/contract/parse.js'
import { countsAt } from '../../src/capacity/forecast/demand.js'
import { committedTypes } from '../../src/capacity/study/commitment.js'
import { type CompleteStudy, completeStudy, type StudyTables } from '../../src/capacity/study/complete-study.js'
import { parseStudy } from '../../src/capacity/study/parse-study.js'
import { problemAt } from '../../src/capacity/study/problem-at.js'
import { mutated } from '../input/mutated.js'

interface Whole {
  readonly study: unknown
  readonly tables: StudyTables
}

const small = readFileSync(new URL('../../fixtures/capacity/small.study.yaml', import.meta.url), 'utf8')

/** A study and its tables as JSON says them, with every key that a study has. */
function validWhole(): Whole {
  const study = parseYaml(small)
  study.nodes = [{ id: 'n', type: 'l4x1', capacity: { cpu: 8, memory: 32, gpu: 1 }, costPerHour: 1 }]
  study.replicas = [{ id: 'r', deployment: 'chat', node: 'n' }]
  study.catalogue = {
    cloud: 'x',
    gpu: ['L4'],
    types: ['p', 'q'],
    exclude: 'q',
    markets: ['on-demand', 'spot'],
    maxNew: 3,
    overhead: { cpu: 1 }
  }
  study.forecast = { step: 60, unit: 'replicas', shorter: 'repeat', from: 0, to: 120 }
  study.growth = { factor: 1.5, perMonth: 0.1 }
  Object.assign(study.deployments[0], { workload: 'w', throughput: 2, utilisation: 0.5, growth: 1.1 })
  const row = {
    cloud: 'x',
    name: 'p',
    arch: 'amd64',
    vcpu: 8,
    memGiB: 32,
    gpu: 'NVIDIA L4',
    gpuCount: 1,
    gpuMemGiB: 24,
    priceOnDemand: 1,
    priceSpot: 0.4
  }
  return {
    study,
    tables: {
      catalogue: [row, { ...row, name: 'q', gpuCount: 0.5 }],
      forecast: [
        { time: 0, w: 3, embed: 2, report: 0 },
        { time: 60, w: 4, embed: 1, report: 1 }
      ]
    }
  }
}

function completedOrNull(value: unknown): CompleteStudy | null {
  const { study, tables } = value as Partial<Whole>
  try {
    return completeStudy(parseStudy(study), tables ?? {})
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    expect(error.message).toMatch(/^(study|catalogue|forecast):[\s\S]*found [\s\S]+, expected ./)
    return null
  }
}

test('a mutated study is read, or refused with an InputError; what is read is a Problem at any moment', () => {
  let read = 0
  const { study, tables } = validWhole()
  expect(completeStudy(parseStudy(study), tables).demand?.periods).toBe(2)
  fc.assert(
    fc.property(mutated(validWhole, ['set', 'remove', 'copy', 'add', 'alike', 'alike']), (value) => {
      const completed = completedOrNull(value)
      if (completed === null) return
      read += 1
      const { study, demand } = completed
      committedTypes(study)
      for (let period = 0; period < Math.min(3, demand?.periods ?? 0); period++) {
        const problem = problemAt(study, countsAt(demand as NonNullable<typeof demand>, period))
        if (problem.deployments.every(({ replicas }) => replicas === 0)) continue
        expect(parseProblem(problem)).toEqual(problem)
      }
    }),
    { seed: 7, numRuns: 2000 }
  )
  expect(read).toBeGreaterThan(100)
})

test('a mutated table is read, or refused with an InputError', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      '0',
      '1',
      '60',
      '-1',
      '1,5',
      '3 rps',
      '$2',
      'NaN',
      '1e999',
      '2026-11-02',
      '2026-13-02',
      '2026-11-02T25:00Z',
      '__proto__'
    ),
    fc.string({ maxLength: 5 })
  )
  const header = fc.constantFrom(
    'time',
    't_s',
    'TIMESTAMP',
    'workload',
    'replicas',
    'requestsPerSecond',
    'a',
    '__proto__',
    'ContextTokens',
    ''
  )
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((width) =>
      fc.tuple(
        fc.array(header, { minLength: width, maxLength: width }),
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 5 })
      )
    )
  fc.assert(
    fc.property(table, ([columns, rows]) => {
      const forecast = [columns, ...rows].map((row) => row.join(',')).join('\n')
      completedOrNull({ study: { ...parseYaml(small), forecast: { step: 60 } }, tables: { forecast } })
    }),
    { seed: 8, numRuns: 1500 }
  )
})
