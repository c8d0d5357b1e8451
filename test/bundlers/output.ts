import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a bundler wrote, and what it had to say about it. */
export interface Output {
  readonly folder: string
  /** Its warnings and errors, each as it was told. */
  readonly complaints: readonly string[]
}

/** Contents by path. */
export type Files = ReadonlyMap<string, Buffer>

/** All files of a folder. */
export function readFiles(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name))
  return new Map(paths.map((path) => [path, readFileSync(path)]))
}

/** The scripts that a page loads at once, those that its workers load then, and every file. */
export function readOutput({ folder }: Output): { page: Files; workers: Files; all: Files } {
  const all = readFiles(folder)
  const html = all.get(join(folder, 'index.html'))?.toString() ?? ''
  const scripts = new Set([...html.matchAll(/ src="([^"]+)"/g)].map(([, source = '']) => join(folder, source)))
  const select = (isWanted: (path: string) => boolean) => new Map([...all].filter(([path]) => isWanted(path)))
  return {
    all,
    page: select((path) => scripts.has(path)),
    workers: select((path) => path.endsWith('.js') && !scripts.has(path))
  }
}
