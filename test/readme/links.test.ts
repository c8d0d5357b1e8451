import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './readme.js'

const links = ['README.md', 'CONTRIBUTING.md'].flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/\]\(([^)#]+)/g)].map(([, target]) => [file, target as string])
)
const within = links.filter(([, target]) => !/^https?:/.test(target as string))

test.each(within)('%s leads to %s, which exists', (_, target) => {
  expect(existsSync(join(root, target as string))).toBe(true)
})
