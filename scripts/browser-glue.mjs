/**
 * `node scripts/browser-glue.mjs` writes what the `browser` condition of `#highs` names: the glue of the highs package without its
 * branch for Node. Bundlers for browsers stumble over the `node:` imports in there, though no browser ever runs them.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const { resolve } = createRequire(import.meta.url)
const build = dirname(resolve('highs/runtime'))
const licence = readFileSync(join(build, '../LICENSE'), 'utf8')
const target = new URL('../dist/src/solvers/highs/browser-glue.js', import.meta.url)

/** What stands in the glue of Emscripten, and what takes its place. */
const replacements = [
  ['const{createRequire}=await import("node:module");var require=createRequire(import.meta.url)', 'var require'],
  ['globalThis.process?.versions?.node&&globalThis.process?.type!="renderer"', 'false'],
  // The file no longer stands beside the binary; bundlers resolve this like an import.
  ['new URL("highs.wasm",import.meta.url)', 'new URL("highs/runtime",import.meta.url)']
]

let glue = readFileSync(join(build, 'highs.mjs'), 'utf8')
for (const [found, replacement] of replacements) {
  const parts = glue.split(found)
  if (parts.length !== 2) throw new Error(`highs.mjs has ${parts.length - 1} times what it should have once: ${found}`)
  glue = parts.join(replacement)
}
writeFileSync(target, `/*! highs, without its branch for Node\n\n${licence.trim()}\n*/\n${glue}`)
