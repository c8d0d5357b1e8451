import { describeValue } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import type { CatalogueChoice } from '../../../models/contract/study.js'
import { nearestNames } from '../nearest-names.js'
import type { InstanceType } from './instance-type.js'

type Key = 'cloud' | 'region' | 'arch' | 'gpu' | 'types' | 'exclude'

/** What a filter looks at, under every name that it may be called by. */
const NAMES: Readonly<Record<Key, (type: InstanceType) => readonly string[]>> = {
  cloud: ({ cloud }) => [cloud],
  region: ({ region }) => [region],
  arch: ({ arch }) => [arch],
  gpu: ({ gpus }) => (gpus?.model == null ? [] : [gpus.model, gpus.model.replace(/^\S+\s+(?=\S)/, '')]),
  types: ({ name }) => [name],
  exclude: ({ name }) => [name]
}
const KEYS = Object.keys(NAMES) as Key[]

/** How many types a filter left of those that came to it. */
export interface FilterCount {
  readonly filter: string
  readonly before: number
  readonly after: number
}

/**
 * The types that pass every filter, and what each filter left. Names are compared without regard to case; a GPU may be named without
 * its maker. Throws InputError for a name that no type of the table has: it says which ones there are.
 */
export function chooseTypes(
  types: readonly InstanceType[],
  choice: CatalogueChoice
): { chosen: InstanceType[]; counts: FilterCount[] } {
  checkNames(types, choice)
  let chosen = [...types]
  const counts: FilterCount[] = []
  for (const filter of KEYS) {
    const wanted = choice[filter]?.map(fold)
    if (wanted === undefined) continue
    const before = chosen.length
    const isNamed = (type: InstanceType) => NAMES[filter](type).some((name) => wanted.includes(fold(name)))
    chosen = chosen.filter((type) => isNamed(type) === (filter !== 'exclude'))
    counts.push({ filter, before, after: chosen.length })
  }
  return { chosen, counts }
}

function checkNames(types: readonly InstanceType[], choice: CatalogueChoice): void {
  const issues: InputIssue[] = []
  for (const filter of KEYS) {
    const names = types.map((type) => NAMES[filter](type))
    const known = new Set(names.flat().map(fold))
    for (const wanted of choice[filter] ?? []) {
      if (known.has(fold(wanted))) continue
      const there = [...new Set(names.flatMap(([name]) => (name === undefined || name === '' ? [] : [name])))]
      const expected = `one of ${nearestNames(wanted, there)}`
      issues.push({ path: `catalogue.${filter}`, found: describeValue(wanted), expected })
    }
  }
  if (issues.length > 0) throw new InputError('study', issues)
}

function fold(name: string): string {
  return name.toLowerCase()
}
