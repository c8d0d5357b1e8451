import type { Command } from 'commander'
import type { PriceOptions } from '../../adapters/prices.js'
import { importRay } from '../../adapters/ray/import/import-ray.js'
import { MissingOverridesError } from '../../adapters/ray/import/overrides/missing-overrides.js'
import { UsageError } from '../failure.js'
import { checkOneStandardInput } from '../input-file.js'
import { addImportOutputs, checkImportOutputs, deliverImport, type ImportOutputs } from './import-outputs.js'
import { addPriceOptions, importWithPrices, type PriceFlags } from './price-options.js'
import { readSnapshot } from './snapshot-files.js'

const HELP = `
Examples:
  $ curl -s http://HEAD:8265/api/serve/applications/ > serve.json
  $ curl -s 'http://HEAD:8265/api/v0/nodes?detail=1&limit=10000' > nodes.json
  $ replica-compactor import ray serve.json nodes.json --overrides overrides.yaml -o cluster.json
  $ replica-compactor plan cluster.json --executable-on ray -o result.json

Ray shows no prices, and placement groups only where the config file of an application sets them. What is missing is an error
that names each override and prints a skeleton to fill in:
  nodeGroups:
    gpu-a10g-4: { costPerHour: 8.144 }
  deployments:
    embed/Embedder: { placementGroup: none, startupSeconds: 120 }

Replicas with a STRICT_PACK group move as one unit; other groups and gangs stay where they are, and so does the head node.`

interface RayOptions extends ImportOutputs, PriceFlags {
  readonly overrides?: string
  readonly name?: string
}

export function addRayImport(parent: Command): void {
  const command = parent
    .command('ray')
    .summary('from what the dashboard of Ray answers')
    .description(
      'Reads what the dashboard of Ray answers about applications and nodes, and writes the Problem that plan takes.'
    )
    .argument(
      '<FILES...>',
      'the answers, in one file or several, in any order: .json or .yaml, or - for standard input'
    )
    .option('--overrides <FILE>', 'what Ray does not show: placement groups, prices, start-up seconds')
    .option('--name <TEXT>', 'name of the cluster, for people')
  addImportOutputs(addPriceOptions(command)).addHelpText('after', HELP).action(runRayImport)
}

async function runRayImport(files: readonly string[], options: RayOptions): Promise<void> {
  const { overrides, name, catalogue } = options
  await checkImportOutputs(options, [...files, overrides, catalogue])
  checkOneStandardInput(...files, overrides ?? '', catalogue ?? '')
  const documents = await readSnapshot(files)
  const [given, second] = overrides === undefined ? [] : await readSnapshot([overrides])
  if (second !== undefined) throw new UsageError(`${second.name}: found one more document, expected overrides in one`)
  const snapshot = { documents, ...(given === undefined ? {} : { overrides: given }) }
  await deliverImport(await importWithPrices(options, read), options)

  function read(prices: PriceOptions) {
    try {
      return importRay(snapshot, { ...prices, ...(name === undefined ? {} : { name }) })
    } catch (error) {
      throw error instanceof MissingOverridesError ? tellMissing(error, overrides) : error
    }
  }
}

/** The skeleton, and what to do with it: that is shorter than each gap by itself. */
function tellMissing({ skeleton }: MissingOverridesError, path: string | undefined): UsageError {
  const advice =
    path === undefined
      ? 'Save these lines as overrides.yaml, fill them in, and add --overrides overrides.yaml'
      : `Fill these lines in, in ${path}`
  return new UsageError(`Ray does not show all that is needed. ${advice}:\n\n${skeleton}\n`)
}
