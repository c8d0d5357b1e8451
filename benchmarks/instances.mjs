/** Where instances stand: in the repository, in the shared data, or, when they are made here, in a cache. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { makeDense } from './families/dense.mjs'
import { makeKnobs } from './families/knobs.mjs'
import { makeLoad } from './families/load.mjs'
import { repeatProblem } from './families/repeat.mjs'
import { makeSynthetic } from './families/synthetic.mjs'

/** @import { Knobs } from './families/knobs.mjs' */

/**
 * shared: data that does not stand in this repository, below SHARED_FOLDER/data.
 *
 * @typedef {'fixtures' | 'shared'} Folder
 */

/**
 * How an instance is made. repeat: of another instance, so many times over. load: of another one, with so much on its GPUs.
 * knobs: those that are left out stand in the middle.
 *
 * @typedef {{ family: 'dense' | 'synthetic', nodes: number, seed: number }
 *   | { family: 'repeat', folder: Folder, name: string, times: number }
 *   | { family: 'load', folder: Folder, name: string, gpuLoad: number, seed: number }
 *   | ({ family: 'knobs' } & Partial<Knobs>)} Generator
 */

/**
 * One instance. Its name is a path below its folder, without `.problem.json`.
 *
 * @typedef {{ folder: Folder, name: string } | { folder: 'generated', name: string, generator: Generator }} InstancePlace
 */

const fixtures = new URL('../fixtures/', import.meta.url)
const generators = new URL('families/', import.meta.url)

/** @type {(url: URL) => any} */
export function readJson(url) {
  return JSON.parse(readFileSync(url, 'utf8'))
}

/**
 * Where a file stands; undefined where there is none.
 *
 * @type {(folder: Folder, path: string) => URL | undefined}
 */
export function locate(folder, path) {
  const shared = process.env.SHARED_FOLDER
  if (folder === 'shared' && shared === undefined) return undefined
  const url = folder === 'fixtures' ? new URL(path, fixtures) : pathToFileURL(join(shared ?? '', 'data', path))
  return existsSync(url) ? url : undefined
}

/** @type {(folder: Folder, path: string) => any} */
export function read(folder, path) {
  const url = locate(folder, path)
  if (url === undefined) throw new Error(`${path} is not there`)
  return readJson(url)
}

/**
 * The Problem file of an instance, made when it is not in the cache yet; undefined where it is not to be had.
 *
 * @type {(place: InstancePlace) => URL | undefined}
 */
export function provide(place) {
  if (place.folder !== 'generated') return locate(place.folder, `${place.name}.problem.json`)
  const folder = cacheFolder()
  const file = join(folder, `${place.name.replaceAll('/', '-')}.problem.json`)
  if (!existsSync(file)) {
    const problem = make(place.generator)
    if (problem === undefined) return undefined
    mkdirSync(folder, { recursive: true })
    // Whoever reads it meanwhile must not find half of it.
    writeFileSync(`${file}.part`, JSON.stringify(problem))
    renameSync(`${file}.part`, file)
  }
  return pathToFileURL(file)
}

/** @type {(generator: Generator) => unknown} */
function make(generator) {
  if (generator.family === 'load' || generator.family === 'repeat') {
    const original = locate(generator.folder, `${generator.name}.problem.json`)
    if (original === undefined) return undefined
    const problem = readJson(original)
    return generator.family === 'load' ? makeLoad(problem, generator) : repeatProblem(problem, generator.times)
  }
  if (generator.family === 'knobs') {
    const { family: _family, ...knobs } = generator
    return makeKnobs(knobs)
  }
  const families = { dense: makeDense, synthetic: makeSynthetic }
  return families[generator.family](generator.nodes, generator.seed)
}

/** Another one for every state of the generators, so that none of their former instances is taken for one of today. */
function cacheFolder() {
  const hash = createHash('sha256')
  for (const file of readdirSync(generators).sort()) hash.update(readFileSync(new URL(file, generators)))
  return join(tmpdir(), `replica-compactor-instances-${hash.digest('hex').slice(0, 12)}`)
}
