import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { root, unpackInto } from '../package/packed.js'

const here = fileURLToPath(new URL('.', import.meta.url))

/** The compilers that are here: this project's own, and the one that comes with attw. */
export const compilers = {
  'TypeScript 7': join(root, 'node_modules/typescript/bin/tsc'),
  'TypeScript 5.6': createRequire(join(root, 'node_modules/@arethetypeswrong/core/package.json')).resolve(
    'typescript/bin/tsc'
  )
}

/** A folder of a user with the packed package in it, unpacked, and these files beside it: name to content. Gone after the tests of this file. */
export function makeProject(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'replica-compactor-types-')))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@types'), { recursive: true })
  unpackInto(modules)
  for (const name of ['zod', '@types/node', 'undici-types']) {
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction')
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  cpSync(here, folder, { recursive: true, filter: (path) => !path.endsWith('.test.ts') })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

/** What a compiler says of files of a project, line by line, and the declarations of this package that it read. */
export function compile(
  folder: string,
  compiler: keyof typeof compilers,
  compilerOptions: Readonly<Record<string, unknown>>,
  files: readonly string[]
): { errors: string[]; declarations: string[] } {
  const strict = { target: 'ES2022', strict: true, noEmit: true, ...compilerOptions }
  const configuration = join(mkdtempSync(join(folder, 'configuration-')), 'tsconfig.json')
  writeFileSync(
    configuration,
    JSON.stringify({ compilerOptions: strict, files: files.map((file) => join(folder, file)) })
  )
  const program = [compilers[compiler], '--project', configuration, '--listFiles', '--pretty', 'false']
  const { stdout } = spawnSync(execPath, program, { cwd: folder, encoding: 'utf8' })
  const lines = stdout.split('\n').filter((line) => line !== '')
  const isFile = (line: string) => /\.[cm]?ts$|\.json$/.test(line)
  const own = join(folder, 'node_modules/replica-compactor')
  return {
    errors: lines.filter((line) => !isFile(line)),
    declarations: lines.filter((line) => line.startsWith(own)).map((line) => relative(own, line))
  }
}
