import * as z from 'zod'
import { deployment, node, problem, replica } from './problem.js'
import { count, identifier, labels, nodeSelector, quantity, resourceAmounts } from './quantities.js'

const positive = z.number().min(1e-9).max(1e15)
const share = z.number().min(0).max(1)

/** One value, or a list of them; read as a list. */
function oneOrMore<Value extends z.ZodType>(value: Value) {
  return z.union([value, z.array(value).min(1)]).transform((given) => (Array.isArray(given) ? given : [given]))
}

const names = oneOrMore(identifier)

/** How a node is paid for. spot: cheap, and may be taken away at short notice. reserved: paid whether used or not. */
export const market = z.enum(['on-demand', 'spot'])
export type Market = z.infer<typeof market>

/** What may be bought, chosen from a table of instance types and their prices. */
export const catalogueChoice = z.strictObject({
  file: identifier
    .optional()
    .describe('Table of instance types, CSV or JSON, relative to the study; may be left out where rows are given.'),
  cloud: names.optional().describe('Clouds to buy from, a name or a list; all of the table by default.'),
  region: names.optional().describe('Regions to buy in, a name or a list; all of the table by default.'),
  arch: names.prefault('amd64').describe('Architectures of the processors, a name or a list; amd64 by default.'),
  gpu: names
    .optional()
    .describe('Models of GPUs, with or without the name of their maker; types without GPUs are left out, too.'),
  types: names.optional().describe('Names of the only instance types to consider; all by default.'),
  exclude: names.optional().describe('Names of instance types to leave out; none by default.'),
  markets: oneOrMore(market)
    .prefault('on-demand')
    .describe('Ways to pay: on-demand, spot or both; a type without a price in one is not offered there.'),
  maxNew: count.default(1000).describe('Nodes of each type and market that may be bought at most; 1000 by default.'),
  overhead: resourceAmounts
    .default({})
    .describe('What daemons and the system take of every node of the table, by resource; nothing by default.')
})
export type CatalogueChoice = z.infer<typeof catalogueChoice>

/** Demand over time, from a table. */
export const forecastChoice = z.strictObject({
  file: identifier
    .optional()
    .describe('Table of demand over time, CSV or JSON, relative to the study; may be left out where rows are given.'),
  step: positive
    .optional()
    .describe('Seconds from one row to the next; by default as the table shows, 600 where every row is a request.'),
  unit: z
    .enum(['replicas', 'requestsPerSecond'])
    .optional()
    .describe('What the numbers of a table count that has a column for each deployment; replicas by default.'),
  shorter: z
    .enum(['repeat', 'error'])
    .default('error')
    .describe('What becomes of series that end before the longest: repeated from their beginning, or an error.'),
  from: z
    .union([quantity, z.string()])
    .optional()
    .describe('First moment that counts: seconds from the first row, or a date-time; the first row by default.'),
  to: z
    .union([quantity, z.string()])
    .optional()
    .describe('First moment that counts no more: seconds from the first row, or a date-time; the end by default.')
})
export type ForecastChoice = z.infer<typeof forecastChoice>

/** A deployment, and how many replicas its demand makes necessary. */
export const studyDeployment = deployment.extend({
  workload: identifier.optional().describe('Name of its series in the forecast; its id by default.'),
  throughput: positive
    .optional()
    .describe('Requests per second that one replica serves; needed where the forecast is in requests per second.'),
  utilisation: positive.max(1).default(1).describe('Share of the throughput that is planned with; 1 by default.'),
  minReplicas: count.default(0).describe('Replicas at any moment at least; 0 by default.'),
  minGpuMemory: quantity
    .optional()
    .describe('GiB that each GPU of its nodes must have, by their label gpu-memory; no demand by default.'),
  growth: quantity.default(1).describe('Factor on its demand, beside the growth of all; 1 by default.'),
  floor: share
    .optional()
    .describe('Share of its replicas on nodes that cannot be taken away (not spot); by default as for all.')
})
export type StudyDeployment = z.infer<typeof studyDeployment>

/** How the demand of all deployments grows. */
export const demandGrowth = z.strictObject({
  factor: quantity.default(1).describe('Factor on all demand; 1 by default.'),
  perMonth: z
    .number()
    .min(-1)
    .max(10)
    .default(0)
    .describe('Growth in 30 days of the horizon, compounded: 0.05 is 5 %; 0 by default.')
})
export type DemandGrowth = z.infer<typeof demandGrowth>

export const availability = z.strictObject({
  floor: share
    .default(0)
    .describe('Share of the replicas of each deployment on nodes that cannot be taken away (not spot); 0 by default.')
})
export type Availability = z.infer<typeof availability>

/** Nodes that are paid for whether they are used or not. */
export const reservation = z.strictObject({
  type: identifier.describe('Type of the nodes: of the catalogue, of nodeTypes, or with a capacity of its own.'),
  nodes: count.describe('How many of them.'),
  costPerHour: quantity.describe('Money per hour for each of them, used or not.'),
  labels: labels.optional().describe('Labels beside those of the type, which they overrule; none by default.'),
  capacity: resourceAmounts.optional().describe('What replicas may use of each, by resource; by default as the type.')
})
export type Reservation = z.infer<typeof reservation>

/** What nodes cost that are bought for the whole horizon. */
export const commitment = z.strictObject({
  discount: share.describe(
    'Share of the on-demand price that is saved; the rest is paid in every hour of the horizon.'
  ),
  types: z
    .array(identifier)
    .min(1)
    .optional()
    .describe('Types that are to be had so; every type that is not spot by default.')
})
export type Commitment = z.infer<typeof commitment>

/** A limit on nodes of several types together, existing and reserved ones included. */
export const quota = z.strictObject({
  name: identifier.optional().describe('Name of the quota, for people.'),
  types: z
    .array(identifier)
    .min(1)
    .optional()
    .describe('Types that count, in every market unless one is named (as in g5.xlarge:spot); all by default.'),
  nodeSelector: nodeSelector
    .default({})
    .describe('Labels of the nodes that count, name to value or values; any by default.'),
  resource: identifier.optional().describe('What is limited: an amount of this resource, or nodes where left out.'),
  max: quantity.describe('The limit.')
})
export type Quota = z.infer<typeof quota>

/** What capacity planning is asked about: a Problem, and what may be bought, what is wanted over time, and what is paid for. */
export const study = problem.extend({
  nodes: z.array(node).default([]).describe('The nodes that there are; none by default.'),
  replicas: z.array(replica).default([]).describe('The copies that exist now; none by default.'),
  deployments: z.array(studyDeployment).describe('What runs in replicas, and how many its demand makes necessary.'),
  catalogue: catalogueChoice
    .optional()
    .describe('Instance types that may be bought, beside nodeTypes; none by default.'),
  forecast: forecastChoice.optional().describe('Demand over time; by default the replicas wanted now.'),
  growth: demandGrowth.prefault({}).describe('How the demand of all deployments grows; not at all by default.'),
  availability: availability.prefault({}).describe('What must not depend on nodes that may be taken away.'),
  reservations: z.array(reservation).default([]).describe('Nodes paid for whether used or not; none by default.'),
  commitment: commitment
    .optional()
    .describe('What nodes cost that are bought for the whole horizon; no such offer by default.'),
  quotas: z.array(quota).default([]).describe('Limits on nodes of several types together; none by default.')
})
/** A study as read, every default filled in. */
export type Study = z.infer<typeof study>
/** A study as written: what has a default may be left out. */
export type StudyInput = z.input<typeof study>
