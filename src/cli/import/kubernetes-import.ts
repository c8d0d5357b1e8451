import { type Command, Option } from 'commander'
import {
  importKubernetes,
  KNOWN_SCHEDULERS,
  KUBECTL_COMMAND,
  type KubernetesImportOptions,
  PRICE_ANNOTATION
} from '../../adapters/kubernetes/index.js'
import { checkOneStandardInput } from '../input-file.js'
import { collect, givenOf } from '../option-values.js'
import { addImportOutputs, checkImportOutputs, deliverImport, type ImportOutputs } from './import-outputs.js'
import { addPriceOptions, importWithPrices, type PriceFlags } from './price-options.js'
import { readSnapshot } from './snapshot-files.js'

const HELP = `
Examples:
  $ ${KUBECTL_COMMAND} > snapshot.json
  $ replica-compactor import kubernetes snapshot.json --catalogue prices.csv -o cluster.json
  $ kubectl get nodes,pods -A -o json | replica-compactor import kubernetes - --unknown-price 1 | replica-compactor plan -
  $ replica-compactor plan cluster.json -o result.json && replica-compactor script cluster.json result.json --for kubernetes

Prices, the first that is known: the annotation of a node, --price of its instance type, the catalogue by instance type, region and
capacity type, --unknown-price. A node whose price nothing tells is an error: nothing is free by mistake.

What may be evicted is planned. What may not, or what a Problem cannot say, stays where it is, and the report says why: bare pods,
jobs, StatefulSets and what a HorizontalPodAutoscaler scales, volumes and local storage, annotations that forbid it, disruption
budgets that never allow it. Read JSON rather than YAML where there is much of it: it is read fifty times as fast.`

interface KubernetesOptions extends ImportOutputs, PriceFlags, Pick<KubernetesImportOptions, OptionName> {
  readonly movableController?: readonly string[]
  readonly scheduler?: readonly string[]
}

type OptionName =
  | 'name'
  | 'priceAnnotation'
  | 'localStorage'
  | 'persistentVolumes'
  | 'withoutSurge'
  | 'pending'
  | 'unknownNodes'

export function addKubernetesImport(parent: Command): void {
  const command = parent
    .command('kubernetes')
    .alias('k8s')
    .summary('from what kubectl get -o json prints')
    .description('Reads what kubectl prints of a cluster, and writes the Problem that plan takes.')
    .argument('<FILES...>', 'what kubectl printed, in one file or several: .json or .yaml, or - for standard input')
    .option('--name <TEXT>', 'name of the cluster, for people')
  addPriceOptions(command)
    .option('--price-annotation <KEY>', `annotation of a node with its price per hour (default: ${PRICE_ANNOTATION})`)
    .addOption(choice('--local-storage', 'pods with a hostPath, or an emptyDir on disk', ['pin', 'move']))
    .addOption(choice('--persistent-volumes', 'pods with volumes of a claim', ['pin', 'move']))
    .addOption(
      choice('--without-surge', 'StatefulSets, and what a HorizontalPodAutoscaler scales', ['pin', 'stop-first'])
    )
    .addOption(choice('--pending', 'pods that wait for a node', ['best-effort', 'required']))
    .addOption(choice('--unknown-nodes', 'pods on nodes that the snapshot does not have', ['refuse', 'leave-out']))
    .option(
      '--movable-controller <KIND>',
      'a custom controller that makes evicted pods anew, such as Rollout; may be given again',
      collect
    )
    .option('--scheduler <NAME>', 'a scheduler that keeps the rules of the default one; may be given again', collect)
  addImportOutputs(command).addHelpText('after', HELP).action(runKubernetesImport)
}

/** An option with a few values, the first of them the default. */
function choice(name: string, what: string, values: readonly [string, ...string[]]): Option {
  return new Option(`${name} <HOW>`, `${what}: ${values.join(' or ')} (default: ${values[0]})`).choices(values)
}

async function runKubernetesImport(files: readonly string[], options: KubernetesOptions): Promise<void> {
  const { catalogue, movableController, scheduler, name } = options
  const { priceAnnotation, localStorage, persistentVolumes, withoutSurge, pending, unknownNodes } = options
  await checkImportOutputs(options, [...files, catalogue])
  checkOneStandardInput(...files, catalogue ?? '')
  const documents = await readSnapshot(files)
  const choices: KubernetesImportOptions = {
    ...givenOf({ name, priceAnnotation, localStorage, persistentVolumes, withoutSurge, pending, unknownNodes }),
    ...givenOf({ movableControllers: movableController }),
    ...(scheduler === undefined ? {} : { schedulers: [...KNOWN_SCHEDULERS, ...scheduler] })
  }
  const imported = await importWithPrices(options, (prices) => importKubernetes(documents, { ...prices, ...choices }))
  await deliverImport(imported, options)
}
