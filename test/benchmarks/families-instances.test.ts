import { spawnSync } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { makeKnobs } from '../../benchmarks/families/knobs.mjs'
import { makeLoad } from '../../benchmarks/families/load.mjs'
import { type Generator, provide, read, readJson } from '../../benchmarks/instances.mjs'
import { root } from '../readme/readme.js'
import { makeFolder } from '../scratch-folder.js'

const folder = makeFolder()
const sliceName = 'openb/openb-slice-30'
const slice = read('fixtures', `${sliceName}.problem.json`)

describe('an instance that is made on demand', () => {
  test.each<[Generator, () => unknown]>([
    [
      { family: 'knobs', nodes: 12, seed: 3, utilisation: 0.7 },
      () => makeKnobs({ nodes: 12, seed: 3, utilisation: 0.7 })
    ],
    [{ family: 'knobs' }, () => makeKnobs()],
    [
      { family: 'load', folder: 'fixtures', name: sliceName, gpuLoad: 0.6, seed: 2 },
      () => makeLoad(slice, { gpuLoad: 0.6, seed: 2 })
    ]
  ])('%o is made once', (generator, make) => {
    vi.stubEnv('TMPDIR', makeFolder())
    const place = { folder: 'generated', name: 'generated/one', generator } as const
    const file = provide(place)
    if (file === undefined) throw new Error('it is not there')
    expect(readJson(file)).toEqual(make())
    const { mtimeMs } = statSync(file)
    expect(fileURLToPath(provide(place) ?? '')).toBe(fileURLToPath(file))
    expect(statSync(file).mtimeMs).toBe(mtimeMs)
  })

  test('is not to be had where its original is not', () => {
    vi.stubEnv('TMPDIR', makeFolder())
    const generator = { family: 'load', folder: 'fixtures', name: 'openb/none', gpuLoad: 0.6, seed: 1 } as const
    expect(provide({ folder: 'generated', name: 'generated/none', generator })).toBeUndefined()
  })
})

describe('make-instance', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['benchmarks/make-instance.mjs', ...args], { cwd: root, encoding: 'utf8' })

  test('turns knobs', () => {
    const args = ['--nodes', '12', '--seed', '5', '--utilisation', '0.3', '--fragmentation', '1', '--gpu-share', '0.2']
    const { status, stdout } = run('knobs', ...args, '--heterogeneity', '2', '--budget', '0.25')
    expect(status).toBe(0)
    const knobs = {
      nodes: 12,
      seed: 5,
      utilisation: 0.3,
      fragmentation: 1,
      gpuShare: 0.2,
      heterogeneity: 2,
      budget: 0.25
    }
    expect(JSON.parse(stdout)).toEqual(makeKnobs(knobs))
  })

  test('brings a cluster to a load', () => {
    const [original, made] = [join(folder, 'original.json'), join(folder, 'made.json')]
    writeFileSync(original, JSON.stringify(slice))
    expect(run('load', original, '--gpu-load', '0.3', '--seed', '4', '-o', made).status).toBe(0)
    expect(JSON.parse(readFileSync(made, 'utf8'))).toEqual(makeLoad(slice, { gpuLoad: 0.3, seed: 4 }))
  })

  test.each([
    [['knobs', '--utilisation', '2'], 'utilisation must be a number from 0 to 1, not 2'],
    [['knobs', '--utilisation', 'much'], '--utilisation must be a number'],
    [['knobs', '--heterogeneity', ''], '--heterogeneity must be a number'],
    [['knobs', '--nodes', '2'], '3 types of nodes are too many for 2 nodes'],
    [['knobs', '--gpu-load', '0.5'], '--gpu-load is not for knobs'],
    [['knobs', 'one.json'], 'too much: one.json'],
    [['load', '--gpu-load', '0.5'], 'which PROBLEM'],
    [['load', 'fixtures/openb/openb-slice-30.problem.json'], '--gpu-load must be a number'],
    [['load', 'fixtures/openb/openb-slice-30.problem.json', '--gpu-load', '0'], 'above 0 and at most 1, not 0'],
    [['load', 'fixtures/openb/openb-slice-30.problem.json', '--gpu-load', '1'], 'cannot be reached'],
    [['load', 'fixtures/openb/openb-slice-30.problem.json', '--times', '2'], '--times is not for load'],
    [['dense', '--nodes', '5', '--budget', '1'], '--budget is not for dense']
  ])('refuses %j and says why', (args, words) => {
    const { status, stdout, stderr } = run(...args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr.split('\n')[0]).toContain(words)
    expect(stderr).toContain('Usage: ')
  })
})
