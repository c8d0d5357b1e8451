import type { Price } from '../../prices.js'
import type { NodeRoom } from './capacities.js'
import type { Demands } from './demands.js'
import type { DisruptionBudgets } from './disruption-budgets.js'
import type { ImportedNode } from './node-roster.js'
import type { ImportChoices } from './options.js'
import type { Scene } from './scene.js'

/** What an import found out, ready to be put together. */
export interface Findings {
  readonly scene: Scene
  readonly rooms: ReadonlyMap<ImportedNode, NodeRoom>
  readonly demands: Demands
  readonly prices: ReadonlyMap<ImportedNode, Price>
  readonly budgets: DisruptionBudgets
  readonly choices: ImportChoices
}
