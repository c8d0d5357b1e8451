import { createRequire } from 'node:module'
import { Command, Option } from 'commander'
import { executableOnChoices } from '../options.js'
import { addAlternativesCommand } from './alternatives-command.js'
import { addCapacityCommand } from './capacity/capacity-command.js'
import {
  addSearchOptions,
  jsonOption,
  outputOption,
  pageOption,
  problemArgument,
  quietOption,
  resultArgument,
  seedOption,
  timeLimitOption
} from './command-options.js'
import { addCompareCommand } from './compare-command.js'
import { addDrainsCommand } from './drains-command.js'
import { runExport } from './export-command.js'
import { addImportCommand } from './import/import-command.js'
import { numberIn } from './option-values.js'
import { runPlan } from './plan-command.js'
import { addReportCommand } from './report-command.js'
import { addReviseCommand } from './revise-command.js'
import { addScriptCommand } from './script-command.js'
import { runSequence } from './sequence-command.js'
import { runSimulate } from './simulate-command.js'
import { runVerify } from './verify-command.js'
import { addWhyCommand } from './why-command.js'

const OVERVIEW = `
Examples:
  $ replica-compactor plan cluster.yaml
  $ replica-compactor plan cluster.json --max-migrations 20 -o result.json
  $ replica-compactor plan - --json < cluster.json | jq .objective
  $ replica-compactor verify cluster.json result.json
  $ replica-compactor simulate cluster.json result.json --failure-rate 0.05
  $ kubectl get nodes,pods,deployments,replicasets,poddisruptionbudgets -A -o json > snapshot.json
  $ replica-compactor import kubernetes snapshot.json --catalogue prices.csv -o cluster.json
  $ replica-compactor script cluster.json result.json --for kubernetes -o migrate.sh

Files:
  PROBLEM, PLACEMENT and RESULT are .json or .yaml files, or - for standard input.
  Units: cpu in cores, memory in GiB, gpu in devices, money per hour, times in seconds.
  Their JSON Schemas come with the package, in models/schemas: problem, placement, plan and result.schema.json.

Exit codes:
  0  a feasible result                      3  infeasible
  1  a fault of replica-compactor           4  verify or simulate found violations
  2  wrong usage or input                   5  nothing found in time

Data goes to stdout, talk to stderr. Ctrl-C prints the best plan so far, a second one quits.
NO_COLOR and FORCE_COLOR are respected.`

const PLAN_HELP = `
Examples:
  $ replica-compactor plan cluster.yaml                          a summary to read
  $ replica-compactor plan cluster.yaml --json > result.json     the whole Result: placement and every step
  $ replica-compactor plan cluster.yaml --time-limit 60 --gap 0.01 --max-migrations 20
  $ replica-compactor plan cluster.yaml --start result.json      goes on from an earlier plan
  $ replica-compactor plan cluster.yaml -o result.json --html report.html

Solvers:
  auto                  highs; where it does not run, the next
  highs                 HiGHS: the strongest, with bounds that are proven early and column generation
  glpk                  GLPK, once you have run npm install glpk.js; that package is GPL-3.0
  javascript-lp-solver  for a few nodes; it proves nothing
  greedy                none: an answer in milliseconds

The time limit counts from the start of the process. A work limit takes no notice of the clock: the same PROBLEM,
options and seed give the same plan on any machine and with any number of threads, with highs or greedy as the solver.
With both limits the first ends the search, and the clock may decide.
Every plan is checked by an independent checker before it is printed.`

const SEQUENCE_HELP = `
Example:
  $ replica-compactor sequence cluster.json placement.json -o result.json

PLACEMENT is { "schemaVersion": 1, "placement": [{ "replica": "a-0", "node": "n1" }, …] }; a Result counts as one.`

const VERIFY_HELP = `
Example:
  $ replica-compactor verify cluster.json result.json

Replays the plan in every order that its steps allow and checks every limit. Exit code 4 when one does not hold; each
violation is printed. The bound of a Result with a certificate (plan --certificate) is recomputed, without a solver.
With --json: { "valid": false, "violations": [{ "code", "where", "amount", "message" }], "bound": what was recomputed }.`

const SIMULATE_HELP = `
Examples:
  $ replica-compactor simulate cluster.json result.json                            when nothing fails
  $ replica-compactor simulate cluster.json result.json --failure-rate 0.05 --node-death-rate 0.02 --seed 7
  $ replica-compactor simulate cluster.json result.json --drift-rate 0.1 --crash --json > story.json

Carries the plan out as an executor would, on a simulated cluster and in virtual time. Starts, drains and purchases take
what PROBLEM says, up to 20 % more or less. After everything that happens a watcher that knows neither the plan nor the
executor checks capacity, devices, availability, surge, rules, pins, cordons and limits. Exit code 4 when the executor
broke one or left something half-done without reporting it; each violation says when, what and by which call.

Shares, from 0 to 1, of what happens in the time of the plan:
  --failure-rate     starts and purchases that fail; shifts, drains, stops and releases fail or hang a fifth as often
  --node-death-rate  nodes that die, with every copy on them
  --drift-rate       nodes that others fill for a while, or their owner closes
  --crash            the executor crashes at about every twentieth line of its journal, and another one resumes

The same PROBLEM, RESULT, options and seed tell the same story. With --json, and in FILE: { "seconds", "plannedSeconds",
"steps": each as planned and as it went, "violations", "placement", "isAsPlanned", "isLegal", "crashes", "events",
"execution": what the executor reports }.`

const EXPORT_HELP = `
Example:
  $ replica-compactor export cluster.json -o cluster.mps && highs cluster.mps

Formats: lp (CPLEX LP text) and mps (free MPS).`

/** The command line: commands, options with their defaults and ranges, and the help that teaches them. */
export function createProgram(): Command {
  const program = new Command('replica-compactor')
    .description(
      'Moves the replicas of a GPU fleet onto fewer, cheaper nodes: a proven placement and a safe, ordered migration.'
    )
    .version(readVersion())
    .exitOverride()
    .showHelpAfterError('--help shows how it is used.')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'replica-compactor: ')) })
    .configureHelp({ helpWidth: 100, sortSubcommands: false })
    .addHelpText('after', OVERVIEW)

  addSearchOptions(program.command('plan'))
    .summary('find a cheaper placement and the migration to it')
    .description('Finds the cheapest placement of the cluster in PROBLEM, and a safe, ordered migration to it.')
    .addArgument(problemArgument())
    .addOption(jsonOption('the Result'))
    .addOption(outputOption('the Result as JSON'))
    .addOption(pageOption())
    .addOption(
      new Option(
        '--executable-on <SYSTEM>',
        'only plans that it can carry out: on ray, whole nodes drained in turn'
      ).choices(executableOnChoices)
    )
    .option('--profile', 'tell where the time went, on stderr and in the Result')
    .option('--certificate', 'keep in the Result what proves the bound and the plan, for verify to recompute')
    .addOption(quietOption())
    .addHelpText('after', PLAN_HELP)
    .action(runPlan)

  program
    .command('sequence')
    .summary('only the migration, to a placement that somebody else made')
    .description('Orders the safe migration from the cluster in PROBLEM to the placement in PLACEMENT.')
    .addArgument(problemArgument())
    .argument('<PLACEMENT>', 'where every replica is to be: the same kinds of file')
    .addOption(jsonOption('the Result'))
    .addOption(outputOption('the Result as JSON'))
    .option('--certificate', 'keep in the Result what proves the plan, for verify to recompute')
    .addOption(timeLimitOption('wall time of the whole call: orders are sought no longer (default: 10)'))
    .addHelpText('after', SEQUENCE_HELP)
    .action(runSequence)

  program
    .command('verify')
    .summary('check a Result with the independent checker')
    .description('Checks the placement and replays the migration of RESULT against the cluster in PROBLEM.')
    .addArgument(problemArgument())
    .addArgument(resultArgument())
    .addOption(jsonOption('the verdict'))
    .addHelpText('after', VERIFY_HELP)
    .action(runVerify)

  const share = numberIn({ most: 1 })
  program
    .command('simulate')
    .summary('run the plan against a simulated cluster, with failures')
    .description(
      'Carries the migration of RESULT out on a simulation of the cluster in PROBLEM, and watches every limit.'
    )
    .addArgument(problemArgument())
    .addArgument(resultArgument())
    .addOption(seedOption('the same story'))
    .option('--failure-rate <SHARE>', 'starts that fail', share, 0)
    .option('--node-death-rate <SHARE>', 'nodes that die', share, 0)
    .option('--drift-rate <SHARE>', 'nodes that others fill or close', share, 0)
    .option('--crash', 'let the executor crash and resume, again and again')
    .option('--all', 'show every row and incident, however many')
    .addOption(jsonOption('the whole story'))
    .addOption(outputOption('the whole story as JSON'))
    .addHelpText('after', SIMULATE_HELP)
    .action(runSimulate)

  program
    .command('export')
    .summary('the mixed-integer program, for other solvers')
    .description('Writes the compact mixed-integer program of the cluster in PROBLEM as a text that solvers read.')
    .addArgument(problemArgument())
    .addOption(
      new Option('--format <FORMAT>', 'the format of the text (default: as FILE ends, else lp)').choices(['lp', 'mps'])
    )
    .addOption(outputOption('the text'))
    .addHelpText('after', EXPORT_HELP)
    .action(runExport)

  addImportCommand(program)
  addReportCommand(program)
  addScriptCommand(program)
  addDrainsCommand(program)
  addWhyCommand(program)
  addCompareCommand(program)
  addAlternativesCommand(program)
  addReviseCommand(program)
  addCapacityCommand(program)

  return program
}

function readVersion(): string {
  const read = createRequire(import.meta.url)
  return (read('replica-compactor/package.json') as { version: string }).version
}
