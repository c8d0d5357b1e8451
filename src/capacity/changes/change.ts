import * as z from 'zod'
import { addDeployment, addDeploymentChange } from './add-deployment.js'
import { addNodes, addNodesChange } from './add-nodes.js'
import { budget, budgetChange } from './budget.js'
import type { ChangeKind } from './change-kind.js'
import { demand, demandChange } from './demand.js'
import { lose, loseChange, removeNodes, removeNodesChange } from './gone-nodes.js'
import { growth, growthChange } from './growth.js'
import { maxNew, maxNewChange } from './max-new.js'
import { price, priceChange } from './price.js'
import { removeDeployment, removeDeploymentChange } from './remove-deployment.js'
import { removeType, removeTypeChange } from './remove-type.js'
import { addRule, addRuleChange, removeRule, removeRuleChange } from './rule-changes.js'

/** What-if changes as data, by `kind`. */
export const change = z.discriminatedUnion('kind', [
  priceChange,
  growthChange,
  addDeploymentChange,
  removeDeploymentChange,
  demandChange,
  removeTypeChange,
  removeNodesChange,
  loseChange,
  addNodesChange,
  addRuleChange,
  removeRuleChange,
  budgetChange,
  maxNewChange
])
/** A change as read, every default filled in. */
export type Change = z.infer<typeof change>
/** A change as written. */
export type ChangeInput = z.input<typeof change>

type OfKind<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>

const kinds: { readonly [Kind in Change['kind']]: ChangeKind<OfKind<Kind>> } = {
  price,
  growth,
  'add-deployment': addDeployment,
  'remove-deployment': removeDeployment,
  demand,
  'remove-type': removeType,
  'remove-nodes': removeNodes,
  lose,
  'add-nodes': addNodes,
  'add-rule': addRule,
  'remove-rule': removeRule,
  budget,
  'max-new': maxNew
}

/** What knows how to make a change, and how to write it. */
export function kindOf(of: Change): ChangeKind<Change> {
  return kinds[of.kind] as unknown as ChangeKind<Change>
}

/** The kinds by name, in the order in which help lists them. */
export const changeKinds: ReadonlyMap<string, Pick<ChangeKind<never>, 'form' | 'readLine'>> = new Map(
  Object.entries(kinds)
)
