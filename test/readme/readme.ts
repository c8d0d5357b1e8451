import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeFolder } from '../scratch-folder.js'

export const root = fileURLToPath(new URL('../../', import.meta.url))
export const readme = readFileSync(join(root, 'README.md'), 'utf8')

/** The code blocks of a language, in order: of the README, or of another text. */
export function codeBlocks(language: string, text = readme): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, code]) => code as string)
}

/** An empty folder in which the package is installed, with the files that the README assumes. */
export function makeUserFolder(files: Readonly<Record<string, string>>): string {
  const folder = makeFolder()
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/replica-compactor'))
  mkdirSync(join(folder, 'node_modules/.bin'))
  const command = join(root, 'dist/src/cli/main.js')
  // As npm does on installing.
  chmodSync(command, 0o755)
  symlinkSync(command, join(folder, 'node_modules/.bin/replica-compactor'))
  symlinkSync(join(root, 'fixtures'), join(folder, 'fixtures'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}
