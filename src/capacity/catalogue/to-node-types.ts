import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import type { NodeType } from '../../../models/contract/problem.js'
import type { CatalogueChoice } from '../../../models/contract/study.js'
import { chooseTypes, type FilterCount } from './filters.js'
import type { InstanceType } from './instance-type.js'
import { nodeTypeOf, priceIn } from './offer.js'

/**
 * What may be bought: the types that pass the filters, in every market in which they have a price, with labels cloud, region, arch,
 * instance-type, gpu, gpu-memory and market. Types with a share of a GPU, with devices of an unknown model, and prices that are not
 * known are left out, and the notes name them. Where regions sell types of the same name, each is named after its region:
 * `us-west-2/g5.xlarge`. Throws InputError where nothing is left: it says which filter took what.
 */
export function toNodeTypes(
  types: readonly InstanceType[],
  choice: CatalogueChoice
): { nodeTypes: NodeType[]; notes: string[] } {
  checkOverhead(choice)
  const { chosen, counts } = chooseTypes(types, choice)
  const notes: string[] = []
  const leaveOut = (candidates: readonly InstanceType[], isLeftOut: (type: InstanceType) => boolean, why: string) => {
    const out = candidates.filter(isLeftOut)
    if (out.length > 0) notes.push(`catalogue: ${why}: ${listTypes(out)}`)
    return candidates.filter((type) => !isLeftOut(type))
  }
  const sized = leaveOut(
    chosen,
    ({ cpu, memory }) => cpu === 0 || memory === 0,
    'left out for processors or memory that are not known'
  )
  counts.push({ filter: 'known processors and memory', before: chosen.length, after: sized.length })
  const known = leaveOut(
    sized,
    ({ gpus }) => gpus !== null && gpus.model === null,
    'left out for an unknown model of GPU'
  )
  const whole = leaveOut(known, ({ gpus }) => !Number.isInteger(gpus?.count ?? 0), 'left out for a share of a GPU')
  counts.push({ filter: 'whole GPUs of a known model', before: sized.length, after: whole.length })
  const roomy = leaveOut(whole, (type) => isTakenUp(type, choice), 'left out as the overhead takes all of it')
  counts.push({ filter: 'overhead', before: whole.length, after: roomy.length })
  const nameOf = nameTypes(roomy)
  const nodeTypes = choice.markets.flatMap((market) =>
    leaveOut(roomy, (type) => priceIn(market, type) === null, `no ${market} price, so not offered ${market}`).map(
      (type) => nodeTypeOf(type, nameOf(type), market, choice)
    )
  )
  const hasSpot = roomy.filter((type) => priceIn('spot', type) !== null)
  if (!choice.markets.includes('spot') && hasSpot.length > 0)
    notes.push(`catalogue: spot prices are there and not offered (catalogue.markets): ${listTypes(hasSpot)}`)
  counts.push({ filter: `a price (${choice.markets.join(', ')})`, before: roomy.length, after: nodeTypes.length })
  if (nodeTypes.length === 0) throw new InputError('study', [nothingLeft(types.length, counts)])
  return { nodeTypes, notes }
}

const RESOURCES = ['cpu', 'memory', 'gpu']

function checkOverhead({ overhead }: CatalogueChoice): void {
  const issues = Object.entries(overhead).flatMap(([resource, amount]): InputIssue[] => {
    const path = `catalogue.overhead.${resource}`
    if (!RESOURCES.includes(resource)) {
      return [
        { path, found: 'a resource that the catalogue does not have', expected: `one of ${RESOURCES.join(', ')}` }
      ]
    }
    const isWhole = resource !== 'gpu' || Number.isInteger(amount)
    return isWhole ? [] : [{ path, found: String(amount), expected: 'a whole number of devices' }]
  })
  if (issues.length > 0) throw new InputError('study', issues)
}

function isTakenUp({ cpu, memory }: InstanceType, { overhead }: CatalogueChoice): boolean {
  return cpu <= (overhead.cpu ?? 0) || memory <= (overhead.memory ?? 0)
}

function nameTypes(types: readonly InstanceType[]): (type: InstanceType) => string {
  const sellers = new Map<string, number>()
  for (const { name } of types) sellers.set(name, (sellers.get(name) ?? 0) + 1)
  return ({ name, cloud, region }) =>
    (sellers.get(name) as number) > 1 ? `${region === '' ? cloud : region}/${name}` : name
}

const MOST_LISTED = 6

function listTypes(types: readonly InstanceType[]): string {
  const shown = types.slice(0, MOST_LISTED).map(({ name }) => name)
  return types.length > MOST_LISTED ? `${shown.join(', ')} and ${types.length - MOST_LISTED} more` : shown.join(', ')
}

function nothingLeft(total: number, counts: readonly FilterCount[]): InputIssue {
  const steps = counts
    .filter(({ before, after }) => after !== before)
    .map(({ filter, before, after }) => `${filter} left ${after} of ${before}`)
  return {
    path: 'catalogue',
    found: `no type that may be bought, of ${total}: ${steps.join(', ')}`,
    expected: 'filters that leave at least one'
  }
}
