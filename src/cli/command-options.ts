import { type Command, Option } from 'commander'
import { type SolverChoice, solverChoices } from '../options.js'
import { numberIn, readOutput, readSolver } from './option-values.js'

/** A timer counts milliseconds in 32 bits. */
export const seconds = numberIn({ above: true, most: 2_000_000 })

/** A seed of random choices. */
export const seed = numberIn({ whole: true, most: 2 ** 31 - 1 })

/** Options that say how a Problem is solved. */
export function addSearchOptions(command: Command): Command {
  return addPlacementOptions(
    command
      .option('--time-limit <SECONDS>', 'wall time of the whole call (default: 10, none with --work-limit)', seconds)
      .option(
        '--work-limit <N>',
        'units of work instead, each about a millisecond: the same plan every time, everywhere',
        numberIn({ above: true })
      )
      .option('--gap <SHARE>', 'stop when so close to the optimum is proven', numberIn({ most: 0.999 }), 1e-4),
    'auto'
  )
    .option(
      '--threads <N>',
      'worker threads (default: the cores there are, 8 at most)',
      numberIn({ least: 1, most: 256, whole: true })
    )
    .option('--start <RESULT>', 'a Result or placement to begin with: the plan is nothing worse')
    .option('--seed <N>', 'the same seed, the same choices', seed, 1)
}

/** Options that say which placements may be found, and by whom; `solver` is the default. */
export function addPlacementOptions(command: Command, solver?: SolverChoice): Command {
  return command
    .option(
      '--max-migrations <N>',
      'migrations at most; the smaller of this and the budget in PROBLEM',
      numberIn({ whole: true })
    )
    .option('--max-move-cost <N>', 'move cost at most; the smaller of this and the budget in PROBLEM', numberIn({}))
    .option('--solver <NAME>', solverChoices.join(', '), readSolver, solver)
}

export function jsonOption(what: string): Option {
  return new Option('--json', `print ${what} as JSON and nothing else`)
}

export function outputOption(what: string): Option {
  return new Option('-o, --output <FILE>', `write ${what} to FILE, whole or not at all`).argParser(readOutput)
}

export function pageOption(): Option {
  return new Option('--html <FILE>', 'write a page with pictures to FILE, whole or not at all').argParser(readOutput)
}

export function quietOption(): Option {
  return new Option('-q, --quiet', 'show no progress')
}
