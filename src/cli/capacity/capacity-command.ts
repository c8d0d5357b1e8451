import type { Command } from 'commander'
import { addSweepCommands } from '../capacity-sweep-commands.js'
import { addQuestionCommands } from './question-commands.js'

const CAPACITY_HELP = `
STUDY is a Problem and more, a .yaml or .json file: a catalogue of instance types and prices (a CSV), a forecast (a CSV of
replicas or of requests per second), reservations, commitments, quotas, growth, availability floors. A Problem alone will
do where nothing is bought. Its JSON Schema comes with the package: models/schemas/study.schema.json.

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
