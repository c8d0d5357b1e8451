import * as z from 'zod'
import { count, identifier, quantity, total } from './quantities.js'

const numbers = z.array(z.number())
const counts = z.array(count)

/** What proves a bound: `verify` recomputes it without a solver. models/README.md says why it is valid. */
export const certificate = z.strictObject({
  bound: total.describe(
    'No placement has a smaller primary objective: the least bound of the branches, rounded up to the unit of costs. Below `bound.total` where another search proved more.'
  ),
  maxMigrations: count
    .optional()
    .describe('Migrations that the call allowed, where fewer than the Problem: the bound is about such plans.'),
  maxMoveCost: quantity.optional().describe('The same of the move cost.'),
  deployments: z
    .array(
      z.strictObject({
        deployment: identifier.describe('Id of the deployment.'),
        headroom: z.boolean().optional().describe('true: the room kept free for it; false by default.')
      })
    )
    .describe('What is priced, in the order of `copies`.'),
  kinds: z
    .array(
      z.strictObject({
        node: identifier.optional().describe('Id of one node of the kind; all that are like it belong to it.'),
        nodeType: identifier.optional().describe('Of nodes to buy: their type.'),
        nodes: count.describe('Nodes of the kind.')
      })
    )
    .describe('Kinds of nodes: equal in capacity, cost, labels and flags.'),
  groups: z
    .array(
      z.strictObject({
        node: identifier.describe('Id of one node of the group.'),
        nodes: count.describe('Nodes of the group.')
      })
    )
    .describe('Nodes of one kind that host the same today; none where that does not matter for the bound.'),
  rows: z
    .array(identifier)
    .describe(
      'Limits that link nodes: `migrations`, `move cost`, `migrations of D`, `rule N in DOMAIN`, `rule N outside`, `rule N DOMAIN above DOMAIN`, `rule N`, by the rule’s index.'
    ),
  prices: z
    .array(
      z.strictObject({
        copies: numbers.describe('Of one copy, by deployment; at least 0.'),
        rows: numbers.describe('Of one unit of each row; at least 0.'),
        kindWorths: numbers.describe('By kind: no contents are worth more, on a node where nothing stays.'),
        groupWorths: numbers.describe('By group: no contents are worth more.')
      })
    )
    .describe('Prices that prove bounds, and what the contents of one node are worth at them at most.'),
  branches: z
    .array(
      z.strictObject({
        least: counts.describe('Active nodes of each kind, at least.'),
        most: counts.describe('Active nodes of each kind, at most.'),
        prices: count.nullable().describe('The index of the prices that prove its bound; null: none do.'),
        bound: z.number().describe('No placement of the branch has a smaller primary objective.')
      })
    )
    .describe('Parts of all placements, which together hold every one.')
})
export type Certificate = z.infer<typeof certificate>
