import { InputError } from '../../../models/contract/parse.js'
import type { Scenario, Sweep } from './sweep.js'

/** One of `count` parts of a sweep. Counted from 0, as Kubernetes counts the pods of an Indexed Job. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/** `0/4` … `3/4`. Throws InputError. */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []
  const shard = { index: Number(index), count: Number(count) }
  if (count === undefined || shard.index >= shard.count) {
    const isOneBased = count !== undefined && shard.index === shard.count && shard.count > 0
    throw new InputError('shard', [
      {
        path: '',
        found: JSON.stringify(text),
        expected: 'INDEX/COUNT, such as 0/4',
        ...(isOneBased
          ? { hint: `shards are counted from 0: the last of ${count} is ${shard.count - 1}/${count}` }
          : {})
      }
    ])
  }
  return shard
}

export function formatShard({ index, count }: Shard): string {
  return `${index}/${count}`
}

/** The scenarios of a shard, each id once, in the order of the sweep: every n-th by the order of their ids, which are hashes. */
export function scenariosOf({ scenarios }: Pick<Sweep, 'scenarios'>, shard: Shard | null): Scenario[] {
  const first = new Map<string, Scenario>()
  for (const scenario of scenarios) if (!first.has(scenario.id)) first.set(scenario.id, scenario)
  const unique = [...first.values()]
  if (shard === null) return unique
  const byHash = unique.map(({ id }) => id).sort()
  const own = new Set(byHash.filter((_, at) => at % shard.count === shard.index))
  return unique.filter(({ id }) => own.has(id))
}
