import { expect, test } from 'vitest'
import { describeAbsence } from '../../src/solvers/highs/runtime.js'
import { reasonOf } from '../../src/solvers/load-failure.js'

/** As HiGHS fails where its WebAssembly does. */
const aborted = (reason: string) => new Error(`Aborted(${reason}). Build with -sASSERTIONS for more info.`)

test('the reason is told without the words of the compiler that HiGHS was built with', () => {
  expect(reasonOf(aborted('CompileError: expected magic word (00 61)'))).toBe(
    'CompileError: expected magic word (00 61)'
  )
  expect(reasonOf(new Error('plain'))).toBe('plain')
  expect(reasonOf('both async and sync fetching of the wasm failed')).toContain('fetching')
})

test.each([
  "CompileError: WebAssembly.instantiate(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because neither 'wasm-eval' nor 'unsafe-eval' is allowed",
  'CompileError: call to WebAssembly.instantiate() blocked by CSP'
])('a page that forbids WebAssembly is told what allows it: %s', (reason) => {
  const message = describeAbsence(reason, true)
  expect(message).toContain("script-src 'wasm-unsafe-eval'")
  expect(message).toContain(reason)
  expect(message).not.toContain('locateHighs')
})

test.each([
  'both async and sync fetching of the wasm failed',
  'CompileError: WebAssembly.instantiate(): expected magic word 00 61 73 6d, found 3c 21 64 6f @+0'
])('a page where the binary is not found is told of locateHighs: %s', (reason) => {
  expect(describeAbsence(reason, true)).toMatch(/locateHighs.*README/)
})

test('in Node nothing is said of pages', () => {
  expect(describeAbsence("Error: ENOENT: no such file or directory, open 'highs.wasm'", false)).toBe(
    "HiGHS could not be used: Error: ENOENT: no such file or directory, open 'highs.wasm'"
  )
})
