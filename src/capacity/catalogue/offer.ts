import type { NodeType } from '../../../models/contract/problem.js'
import type { ResourceAmounts } from '../../../models/contract/quantities.js'
import type { CatalogueChoice, Market } from '../../../models/contract/study.js'
import { GPU_LABEL, GPU_MEMORY_LABEL, INSTANCE_TYPE_LABEL, MARKET_LABEL } from '../labels.js'
import type { InstanceType } from './instance-type.js'

/** The price of a type in a market; null where the table knows none. */
export function priceIn(market: Market, { onDemand, spot }: InstanceType): number | null {
  return market === 'spot' ? spot : onDemand
}

/** A type as nodes of a Problem that may be bought in one market; `name` is what the study calls it: `g6e.xlarge`, `g6e.xlarge:spot`. */
export function nodeTypeOf(type: InstanceType, name: string, market: Market, choice: CatalogueChoice): NodeType {
  const { cloud, region, arch, gpus } = type
  const memory = gpus?.memory == null ? '' : String(Number(gpus.memory.toFixed(3)))
  const labels = {
    cloud,
    region,
    arch,
    [INSTANCE_TYPE_LABEL]: type.name,
    [GPU_LABEL]: gpus?.model ?? '',
    [GPU_MEMORY_LABEL]: memory,
    [MARKET_LABEL]: market
  }
  return {
    type: market === 'spot' ? `${name}:spot` : name,
    capacity: netCapacity(type, choice.overhead),
    costPerHour: priceIn(market, type) as number,
    labels: Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')),
    maxNew: choice.maxNew,
    provisionSeconds: 180
  }
}

/** What a machine has, by resource. */
function grossCapacity({ cpu, memory, gpus }: InstanceType): ResourceAmounts {
  return { cpu, memory, ...(gpus === null ? {} : { gpu: gpus.count }) }
}

/** What replicas may use of it: less the overhead, as far as there is any left. */
function netCapacity(type: InstanceType, overhead: ResourceAmounts): ResourceAmounts {
  return Object.fromEntries(
    Object.entries(grossCapacity(type)).map(([resource, amount]) => [
      resource,
      Math.max(0, amount - (Object.hasOwn(overhead, resource) ? (overhead[resource] as number) : 0))
    ])
  )
}
