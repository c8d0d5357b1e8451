import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compile, compilers, makeProject } from './compile.js'

const WRONG = `import type { Result } from 'replica-compactor'
import { holds, type Same } from './same.js'
holds<Same<Result['termination'], string>>()
// @ts-expect-error Nothing is wrong here.
holds<Same<Result['schemaVersion'], 1>>()
`

const folder = makeProject({ 'wrong.ts': WRONG })
const expectations = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.test-d.ts'))

const page = { lib: ['ES2022', 'DOM'], types: [] }
const program = { lib: ['ES2022'], types: ['node'] }
const nodenext = { module: 'nodenext', resolveJsonModule: true }
const bundler = { module: 'esnext', moduleResolution: 'bundler', resolveJsonModule: true }
const exact = { exactOptionalPropertyTypes: true }
/** Declarations are checked themselves, too. */
const thorough = { skipLibCheck: false }
const quick = { skipLibCheck: true }
const cases: [keyof typeof compilers, string, Readonly<Record<string, unknown>>][] = [
  ['TypeScript 7', 'a page, resolved as bundlers do', { ...thorough, ...page, ...bundler, ...exact }],
  ['TypeScript 7', 'a page, resolved as Node does', { ...thorough, ...page, ...nodenext }],
  ['TypeScript 7', 'a program for Node, resolved as Node does', { ...thorough, ...program, ...nodenext, ...exact }],
  ['TypeScript 7', 'a program for Node, resolved as bundlers do', { ...thorough, ...program, ...bundler }],
  ['TypeScript 5.6', 'a page, resolved as bundlers do', { ...quick, ...page, ...bundler }],
  ['TypeScript 5.6', 'a program for Node, resolved as Node does', { ...quick, ...program, ...nodenext, ...exact }]
]

test.each(cases)('%s finds that the public types say what the contract says, for %s', (compiler, _, options) => {
  const foreign = options.lib === page.lib ? 'node-consumer' : 'browser-consumer'
  const files = expectations.filter((name) => !name.startsWith(foreign))
  const { errors, declarations } = compile(folder, compiler, options, files)
  expect(errors).toEqual([])
  // What users compile against needs no types of threads, commands and single solvers.
  expect(declarations).toContain('dist/src/index.d.ts')
  expect(declarations.filter((path) => /\/(workers|solvers\/[^/]+|cli)\//.test(path))).toEqual([])
})

test.each(Object.keys(compilers) as (keyof typeof compilers)[])('%s finds what is wrong, in its line', (compiler) => {
  const { errors } = compile(folder, compiler, { ...quick, ...program, ...nodenext }, ['wrong.ts'])
  expect(errors).toEqual([
    expect.stringMatching(/^wrong\.ts\(3,\d+\): error TS2344: /),
    expect.stringMatching(/^wrong\.ts\(4,\d+\): error TS2578: /)
  ])
})
