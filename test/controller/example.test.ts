import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultPolicy } from '../../src/controller/resolve-policy.js'
import { codeBlocks, makeUserFolder, root } from '../readme/readme.js'

const page = readFileSync(join(root, 'docs/controller.md'), 'utf8')

test('the program of the page runs, prints what it says, and is short', () => {
  const [program = ''] = codeBlocks('js', page)
  const [printed] = codeBlocks('text', page)
  const folder = makeUserFolder({ 'controller.mjs': program })
  const output = execFileSync(process.execPath, ['controller.mjs'], { cwd: folder, encoding: 'utf8', timeout: 50_000 })
  expect(output).toBe(printed)
  expect(program.split('\n').length).toBeLessThan(60)
})

test('the page names every option of a policy, with its default', () => {
  const rows = new Map([...page.matchAll(/^\| `([\w.]+)` \| ([^|]*) \|/gm)].map(([, name, value]) => [name, value]))
  for (const [name, value] of Object.entries(defaultPolicy)) {
    if (typeof value !== 'object' || value === null) expect(rows.get(name), name).toBe(plain(value))
    for (const [part, inner] of Object.entries(typeof value === 'object' && name !== 'backoff' ? (value ?? {}) : {})) {
      expect(rows.get(`${name}.${part}`), `${name}.${part}`).toBe(plain(inner))
    }
  }
  expect(rows.get('backoff')).toBe(`${defaultPolicy.backoff.firstSeconds} s to ${defaultPolicy.backoff.mostSeconds} s`)
})

/** As the table shows it: words as code, numbers plain. */
function plain(value: unknown): string {
  return typeof value === 'string' ? `\`${value}\`` : String(value)
}
