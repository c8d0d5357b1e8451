import type { Command } from 'commander'
import { addQuestionCommands } from './question-commands.js'
import { addSweepCommands } from './scenario-commands.js'

const CAPACITY_HELP = `
STUDY is a Problem and more, a .yaml or .json file: a catalogue of instance types and prices (a CSV), a forecast (a CSV of
replicas or of requests per second), reservations, commitments, quotas, growth, availability floors. A Problem alone will
do where nothing is bought. Its JSON Schema comes with the package: models/schemas/study.schema.json.

A study:
  schemaVersion: 1
  catalogue: { file: prices.csv, markets: [on-demand, spot], overhead: { cpu: 0.5, memory: 2 } }
  forecast: { file: demand.csv }
  commitment: { discount: 0.4 }          # what committed nodes cost less, in every hour
  availability: { floor: 0.6 }           # share of each deployment that must not be on spot nodes
  deployments:
    - { id: chat, demand: { cpu: 4, memory: 24, gpu: 1 }, nodeSelector: { gpu: [NVIDIA L4] }, throughput: 8, utilisation: 0.75 }

prices.csv, a row for each instance type; gpuMemGiB is that of the machine, regions and clouds are filters:
  cloud,region,name,arch,vcpu,memGiB,gpu,gpuCount,gpuMemGiB,priceOnDemand,priceSpot
demand.csv, one of these; t_s in seconds, or a column time with dates:
  workload,t_s,requestsPerSecond         or replicas in the place of requestsPerSecond
  t_s,chat,embedder                      a column for each deployment, and forecast.unit: replicas or requestsPerSecond

Each answer is printed as a table with a picture, as JSON with --json, and written as a page with --html FILE.`

/** Adds `capacity` and all its commands. */
export function addCapacityCommand(program: Command): void {
  const capacity = program
    .command('capacity')
    .summary('what to run, what to buy, how far it reaches')
    .description('Capacity planning: questions about a cluster, a forecast and a price list.')
    .addHelpText('after', CAPACITY_HELP)
  addQuestionCommands(capacity)
  addSweepCommands(capacity)
}
