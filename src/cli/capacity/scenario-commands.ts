import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { InputError } from '../../../models/contract/parse.js'
import { changeKinds } from '../../capacity/changes/change.js'
import { parseShard, type Shard } from '../../capacity/sweep/shard.js'
import {
  addAnswerOptions,
  addPlacementOptions,
  gapOption,
  jsonOption,
  outputOption,
  pageOption,
  quietOption,
  timeLimitOption
} from '../command-options.js'
import { collect, numberIn } from '../option-values.js'
import { runJobCommand } from './job-command.js'
import { runMergeCommand } from './merge-command.js'
import { addStudyOptions } from './study-input.js'
import { runSweepCommand } from './sweep-command.js'
import { runWhatIfCommand } from './what-if-command.js'
import { runWorkerCommand } from './worker-command.js'

const CHANGES = `
Changes, in one line (names with , or = and rules need the whole change in JSON):
${[...changeKinds.values()].map(({ form }) => `  ${form}`).join('\n')}
  none                                no change
  growth:1.2 & max-new:0              several changes together
  {"kind": "growth", "factor": 1.2}   the same in JSON`

const WHAT_IF_HELP = `
Examples:
  $ replica-compactor capacity what-if cluster.yaml --change price:g5.xlarge:1.2 --change growth:1.3
  $ replica-compactor capacity what-if cluster.yaml --change 'growth:chat:1.5 & remove-type:p4d.24xlarge' --json
  $ replica-compactor capacity what-if cluster.yaml --changes variants.yaml
${CHANGES}

FILE of --changes is a list: each entry such a line, or { label, changes: [ … ] }.
The cluster is solved as it is and with each change, under the same limits; a variant begins with the placement of the
cluster as it is. Beside each difference stands the interval in which the difference of the optima is proven to be.`

const SWEEP_HELP = `
Examples:
  $ replica-compactor capacity sweep cluster.yaml --axis 'growth=none|growth:1.2|growth:1.5' --seeds 1-5
  $ replica-compactor capacity sweep cluster.yaml --sweep sweep.yaml --journal sweep.jsonl
  $ replica-compactor capacity sweep cluster.yaml --sweep sweep.yaml --shard 0/4 --journal part-0.jsonl
  $ replica-compactor capacity sweep cluster.yaml --sweep sweep.yaml --redis redis://localhost:6379
${CHANGES}

Every combination of the values of all axes is solved with every seed. A file says the same:
  axes:
    - name: growth
      values: [none, growth:1.2, growth:1.5]
    - name: prices
      values: [none, { label: spot doubles, changes: ["price:market=spot:2"] }]
  seeds: [1, 2, 3]
  options: { workLimit: 2000, maxMigrations: 40 }

Each scenario runs in a worker thread of its own, as many at a time as there are cores. Under a work limit, which is the
default, the results are the same however many run at once, and wherever. With --journal a sweep that was killed goes on
where it was: call the same command again. Exit code 1 when a scenario failed; without any placement is no failure.
Shards are counted from 0: 0/4, 1/4, 2/4, 3/4. capacity merge puts their journals together.`

const MERGE_HELP = `
Example:
  $ replica-compactor capacity merge part-*.jsonl -o answer.json

The journals must be of one sweep. Records that contradict each other are refused, naming both; scenarios that no
journal has are listed, with exit code 5.`

const JOB_HELP = `
Examples:
  $ replica-compactor capacity job cluster.yaml --sweep sweep.yaml --image my/compactor:1 --shards 8 > job.yaml
  $ kubectl apply -f job.yaml

An image is node with this package installed:
  FROM node:22-slim
  RUN npm install --global replica-compactor

The sweep is kept in a ConfigMap, as is the problem; one above 1 MB has to be on a volume (--problem-claim). Pod i of n
runs capacity sweep --shard i/n, both counted from 0, and keeps its journal on the volume of the results; started again,
it goes on from there. Needs Kubernetes 1.29 or newer.`

const WORKER_HELP = `
Example:
  $ npm install bullmq ioredis
  $ replica-compactor capacity worker --redis redis://localhost:6379 --concurrency 8

Takes scenarios of capacity sweep --redis, from as many sweeps as there are. A worker that dies loses nothing: after
--lock seconds another takes over. Workers and sweeps of different versions do not meet.`

/** Adds what varies, distributes and compares scenarios to the `capacity` command. */
export function addSweepCommands(capacity: Command): void {
  const whatIf = addStudyOptions(addPlacementOptions(capacity.command('what-if'), 'auto'))
    .summary('what changes would change, as differences')
    .description('Solves the cluster in STUDY as it is and with changes, and tells the differences.')
    .argument('<STUDY>', 'the study, or a Problem: a .json or .yaml file, or - for standard input')
    .option('--change <CHANGE>', 'a variant; again for another', collect)
    .option('--changes <FILE>', 'a list of variants')
    .addOption(timeLimitOption('wall time for each of them, instead of a work limit'))
    .option('--work-limit <N>', 'units of work for each of them (default: 10000)', numberIn({ above: true }))
    .addOption(gapOption('stop when so close to the optimum is proven').default(1e-4))
  addAnswerOptions(whatIf).addHelpText('after', WHAT_IF_HELP).action(runWhatIfCommand)

  addStudyOptions(addPlanOptions(capacity.command('sweep')))
    .summary('solve every combination of changes')
    .description('Solves the cluster in STUDY with every combination of changes, and with every seed.')
    .argument('<STUDY>', 'the study, or a Problem: a .json or .yaml file, or - for standard input')
    .option('--concurrency <N>', 'scenarios at a time (default: the cores there are)', concurrency)
    .option('--shard <INDEX/COUNT>', 'only a part of them, counted from 0: 0/4 … 3/4', readShard)
    .option('--journal <FILE>', 'keep every result there, and go on from there')
    .option('--retry-failed', 'try scenarios again that the journal says have failed')
    .option('--redis <URL>', 'solve them by capacity worker, through a queue on this Redis')
    .option('--queue <NAME>', 'name of the queue (default: replica-compactor)')
    .option('--keep-results', 'leave results in Redis when they have been collected')
    .addOption(jsonOption('the answer'))
    .addOption(outputOption('the answer as JSON'))
    .addOption(pageOption())
    .addOption(quietOption())
    .addHelpText('after', SWEEP_HELP)
    .action(runSweepCommand)

  capacity
    .command('merge')
    .summary('one answer from the journals of shards')
    .description('Puts the journals of a sweep together, and says what is missing or contradicts itself.')
    .argument('<JOURNAL...>', 'journals of capacity sweep')
    .addOption(jsonOption('the answer'))
    .addOption(outputOption('the answer as JSON'))
    .addOption(pageOption())
    .addHelpText('after', MERGE_HELP)
    .action(runMergeCommand)

  addStudyOptions(addPlanOptions(capacity.command('job')))
    .summary('a Kubernetes Indexed Job for a sweep')
    .description('Writes the YAML of a Kubernetes Indexed Job that runs the sweep, a shard in each pod.')
    .argument('<STUDY>', 'the study, or a Problem: a .json or .yaml file, or - for standard input')
    .requiredOption('--image <IMAGE>', 'image in which replica-compactor can be called')
    .requiredOption('--shards <N>', 'pods, each with a shard', numberIn({ least: 1, most: 100_000, whole: true }))
    .option('--name <NAME>', 'name of the Job', 'sweep')
    .option('--namespace <NAMESPACE>', 'namespace of all of it')
    .option('--parallelism <N>', 'pods at a time (default: all)', numberIn({ least: 1, whole: true }))
    .option('--problem-claim <CLAIM>', 'volume claim that has the problem, instead of the ConfigMap')
    .option('--problem-path <PATH>', 'where it is on that volume (default: the name of STUDY)')
    .option('--results-claim <CLAIM>', 'volume claim for the journals (default: one is made)')
    .option('--results-size <SIZE>', 'size of the claim that is made', '1Gi')
    .option(
      '--storage-class <NAME>',
      'storage class of the claim that is made; pods on many nodes must be able to write it'
    )
    .option('--cpu <AMOUNT>', 'CPUs of a pod, and scenarios at a time in it', '2')
    .option('--memory <AMOUNT>', 'memory of a pod', '2Gi')
    .option('--backoff-limit <N>', 'how often the pod of a shard may fail', numberIn({ most: 1000, whole: true }), 3)
    .addOption(outputOption('the YAML'))
    .addHelpText('after', JOB_HELP)
    .action(runJobCommand)

  capacity
    .command('worker')
    .summary('solve scenarios from a queue on Redis')
    .description('Takes scenarios from a queue and solves them in worker threads, until Ctrl-C.')
    .requiredOption('--redis <URL>', 'redis://HOST:PORT')
    .option('--queue <NAME>', 'name of the queue (default: replica-compactor)')
    .option('--concurrency <N>', 'scenarios at a time (default: the cores there are)', concurrency)
    .option(
      '--lock <SECONDS>',
      'after so long without a sign of life a scenario is taken over (default: 15)',
      numberIn({ least: 0.5, most: 3600 })
    )
    .addOption(quietOption())
    .addHelpText('after', WORKER_HELP)
    .action(runWorkerCommand)
}

const concurrency = numberIn({ least: 1, most: 1024, whole: true })

/** Options that say which scenarios there are. */
function addPlanOptions(command: Command): Command {
  return addPlacementOptions(
    command
      .option('--sweep <FILE>', 'axes, seeds and options: a .json or .yaml file')
      .option('--axis <NAME=VALUES>', 'an axis, its values with | between them; again for another', collect)
      .option('--seeds <SEEDS>', 'such as 1-5 or 1,2,7 (default: 1)', readSeeds)
      .option('--work-limit <N>', 'units of work for each scenario (default: 2000)', numberIn({ least: 1 }))
      .addOption(timeLimitOption('wall time for each instead: results depend on the machine'))
      .addOption(gapOption('stop when so close to the optimum is proven (default: 0.0001)'))
  )
}

function readShard(text: string): Shard {
  try {
    return parseShard(text)
  } catch (error) {
    const [issue] = error instanceof InputError ? error.issues : []
    if (issue === undefined) throw error
    throw new InvalidArgumentError(`Expected ${issue.expected}${issue.hint === undefined ? '' : `: ${issue.hint}`}.`)
  }
}

/** Seeds at most: more are a slip. */
const MOST_SEEDS = 10_000

/** `1-5`, `1,2,7`, or both. */
function readSeeds(text: string): number[] {
  const seeds = text.split(',').flatMap((part) => {
    const [, from, to = from] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part.trim()) ?? []
    const length = Number(to) - Number(from) + 1
    if (from === undefined || length < 1 || length > MOST_SEEDS)
      throw new InvalidArgumentError('Expected seeds such as 1-5 or 1,2,7.')
    return Array.from({ length }, (_, index) => Number(from) + index)
  })
  return seeds
}
