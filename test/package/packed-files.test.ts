import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Paths in the package as `npm publish` would send it. */
function packedFiles(): string[] {
  const report = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore']
  })
  return JSON.parse(report)[0].files.map((file: { path: string }) => file.path)
}

const files = packedFiles()

test('the package has what its users read and load', () => {
  const wanted = [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'package.json',
    'dist/models/index.js',
    'dist/models/index.d.ts',
    'dist/src/index.js',
    'dist/src/index.d.ts',
    'dist/src/cli/main.js',
    ...['problem', 'placement', 'plan', 'result'].map((subject) => `models/schemas/${subject}.schema.json`)
  ]
  expect(wanted.filter((path) => !files.includes(path))).toEqual([])
})

test('the package has nothing else', () => {
  const wanted = [
    /^(CHANGELOG|README|models\/README)\.md$/,
    /^(LICENSE|package\.json)$/,
    /^dist\/(src|models)\/.+\.(js|js\.map|d\.ts)$/,
    /^models\/schemas\/[a-z]+\.schema\.json$/
  ]
  expect(files.filter((file) => !wanted.some((pattern) => pattern.test(file)))).toEqual([])
})
