import { type Command, Option } from 'commander'
import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { ImportedSystem } from '../adapters/problem-source.js'
import { projectOntoDrains } from '../adapters/ray/drains/project-onto-drains.js'
import { writeDrainScript } from '../report/drains/render-drain-script.js'
import { tellLeftOut } from '../report/drains/tell-left-out.js'
import { type KubectlScriptOptions, renderKubectlScript } from '../report/script/kubectl/render-kubectl-script.js'
import { renderScript } from '../report/script/render-script.js'
import { formatCount } from '../report/text/numbers.js'
import { UnsafeResultError } from '../result/read-result.js'
import { outputOption, problemArgument, resultArgument } from './command-options.js'
import { expectSystem } from './expect-system.js'
import { exitCodes, UsageError } from './failure.js'
import { nameFile } from './input-file.js'
import { readMatching } from './matching-files.js'
import { collect, givenOf } from './option-values.js'
import { checkOutputs, writeWhole } from './output.js'

const SCRIPT_HELP = `
Examples:
  $ replica-compactor script cluster.yaml result.json -o migrate.sh
  $ sh migrate.sh                  shows what would be done
  $ sh migrate.sh ./my-driver      does it: ./my-driver start chat-0 node-2 gpu=0,1, and so on
  $ replica-compactor script cluster.json result.json --for kubernetes -o migrate.sh
  $ sh migrate.sh run              does it, by kubectl
  $ replica-compactor script ray.json result.json --for ray -o drains.sh
  $ sh drains.sh run -a head:6379 -d http://head:8265    drains the nodes, which cannot be taken back

With --for kubernetes or ray it calls no command of yours, but kubectl or ray drain-node. Ray can only drain whole nodes: what of a
plan it cannot express is left out, which is said on stderr, and drains tells it; plan --executable-on ray makes plans that leave nothing out.

The script is plain POSIX shell. It calls a command of yours for each step, waits for it, keeps what is done in a file, and goes
on from there when it is run again; it refuses the file of another plan. Its first lines say what the command is called with.
RESULT is checked before: exit code 4, and no script, when it is not safe. For steps beside each other, retries and taking back,
see execute in the package, and docs/drivers.md.`

/** Scripts for clusters that were imported. */
const RENDERERS: Readonly<
  Record<ImportedSystem, (problem: Problem, result: Result, options: KubectlScriptOptions) => string>
> = {
  kubernetes: renderKubectlScript,
  ray: renderDrainsAloud
}

/** `script PROBLEM RESULT`: the migration as a shell script. */
export function addScriptCommand(program: Command): void {
  program
    .command('script')
    .summary('the migration as a shell script')
    .description('Writes the migration of RESULT as a shell script that calls a command of yours for each step.')
    .addArgument(problemArgument())
    .addArgument(resultArgument('plan, sequence or revise gave'))
    .addOption(
      new Option('--for <SYSTEM>', 'a script of kubectl, or of ray drain-node, for an imported cluster').choices(
        Object.keys(RENDERERS)
      )
    )
    .option(
      '--movable-controller <KIND>',
      'with --for kubernetes: a custom controller that makes evicted pods anew, as for the import; may be given again',
      collect
    )
    .addOption(outputOption('the script'))
    .addHelpText('after', SCRIPT_HELP)
    .action(runScript)
}

interface ScriptFlags {
  readonly output?: string
  readonly for?: ImportedSystem
  readonly movableController?: readonly string[]
}

async function runScript(
  problemPath: string,
  resultPath: string,
  { output, for: system, movableController }: ScriptFlags
): Promise<void> {
  if (movableController !== undefined && system !== 'kubernetes') {
    throw new UsageError('--movable-controller: found it without --for kubernetes, whose controllers it names')
  }
  await checkOutputs({ '-o': output }, [problemPath, resultPath])
  const { problem, result } = await readMatching(problemPath, resultPath)
  if (system !== undefined)
    expectSystem(system, problem, problemPath, (own) => `found --for ${system}, expected --for ${own}`)
  const options = givenOf({ movableControllers: movableController })
  const render = () =>
    system === undefined ? renderScript(problem, result) : RENDERERS[system](problem, result, options)
  const text = writeScript(render, resultPath)
  if (text === null) process.exitCode = exitCodes.violations
  else if (output === undefined) process.stdout.write(text)
  else await writeWhole(output, text)
}

/** The script of drains; what of the plan is not in it is said on stderr. */
function renderDrainsAloud(problem: Problem, result: Result): string {
  const projection = projectOntoDrains(problem, result)
  const text = writeDrainScript(problem, projection)
  process.stderr.write(tellLeftOut(projection))
  return text
}

/** null, and said on stderr, where the Result is not safe. */
function writeScript(render: () => string, path: string): string | null {
  try {
    return render()
  } catch (error) {
    if (!(error instanceof UnsafeResultError)) throw nameFile(error, path)
    process.stderr.write(
      `replica-compactor: ${path} is not safe, ${formatCount(error.violations.length, 'violation')}: no script is written. verify tells them.\n`
    )
    return null
  }
}
