import type { Command } from 'commander'
import { projectOntoDrains } from '../adapters/ray/drains/project-onto-drains.js'
import { renderProjection } from '../report/drains/render-projection.js'
import { jsonOption, outputOption, problemArgument, resultArgument } from './command-options.js'
import { expectRay } from './expect-system.js'
import { nameFile } from './input-file.js'
import { readMatching } from './matching-files.js'
import { checkOutputs, writeWhole } from './output.js'

const DRAINS_HELP = `
Examples:
  $ replica-compactor drains cluster.json result.json
  $ replica-compactor drains cluster.json result.json --json | jq '.steps[] | select(.isExecutable | not)'

Stock Ray can only drain whole nodes; Serve then starts a replacement for every replica there, where it sees fit. This says which
drains, in which order, come closest to the plan, where Serve will put each replica, which steps of the plan drains do not
express and why, and what is saved. plan --executable-on ray makes plans of which nothing is lost. A PROBLEM that was imported from
Kubernetes is refused: nothing is lost there, and script --for kubernetes writes the whole plan.`

interface DrainsOptions {
  readonly json?: boolean
  readonly output?: string
}

/** `drains PROBLEM RESULT`: what of a plan stock Ray can carry out. */
export function addDrainsCommand(program: Command): void {
  program
    .command('drains')
    .summary('what of a plan stock Ray can carry out')
    .description(
      'Projects the migration of RESULT onto drains of whole nodes, which is all that stock Ray can carry out.'
    )
    .addArgument(problemArgument())
    .addArgument(resultArgument('plan, sequence or revise gave'))
    .addOption(jsonOption('the projection'))
    .addOption(outputOption('the projection as JSON'))
    .addHelpText('after', DRAINS_HELP)
    .action(runDrains)
}

async function runDrains(problemPath: string, resultPath: string, { json, output }: DrainsOptions): Promise<void> {
  await checkOutputs({ '-o': output }, [problemPath, resultPath])
  const { problem, result } = await readMatching(problemPath, resultPath)
  expectRay(problem, problemPath, 'script --for kubernetes writes the whole plan')
  const projection = project()
  const text = `${JSON.stringify(projection, null, 2)}\n`
  if (output !== undefined) await writeWhole(output, text)
  process.stdout.write(json === true ? text : renderProjection(projection))

  function project() {
    try {
      return projectOntoDrains(problem, result)
    } catch (error) {
      throw nameFile(error, resultPath)
    }
  }
}
