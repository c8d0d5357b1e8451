/** The versions of what contestants run on. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Of a package that this one depends on, with its name; the name alone where it is not installed. @type {(name: string) => string} */
export function versionOf(name) {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url)
  try {
    return `${name} ${JSON.parse(readFileSync(file, 'utf8')).version}`
  } catch {
    return name
  }
}

/** Of a command, as it tells it itself; null where it is not installed. @type {(command: string, args: readonly string[], pattern: RegExp) => string | null} */
export function versionOfCommand(command, args, pattern) {
  const { error, stdout } = spawnSync(command, args, { encoding: 'utf8' })
  if (error !== undefined) return null
  const [, version = ''] = pattern.exec(stdout) ?? []
  return `${command} ${version}`.trim()
}
