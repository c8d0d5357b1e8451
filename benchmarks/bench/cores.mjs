/** Everybody on the same cores. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/**
 * Keeps a command on so many of the cores that this process may use.
 *
 * @type {(cores: number) => (command: string, args: readonly string[]) => [string, readonly string[]]}
 */
export function pinTo(cores) {
  if (cores >= availableParallelism()) return (command, args) => [command, args]
  if (spawnSync('taskset', ['--version']).error !== undefined) throw new Error('fewer cores need taskset (util-linux)')
  const [, allowed = ''] = /^Cpus_allowed_list:\s+(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  const list = allowed.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
  return (command, args) => ['taskset', ['-c', list.slice(0, cores).join(','), command, ...args]]
}
