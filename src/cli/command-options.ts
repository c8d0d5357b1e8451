import { Argument, type Command, Option } from 'commander'
import { type SolverChoice, solverChoices } from '../options.js'
import { numberIn, readOutput, readSolver } from './option-values.js'

/** A timer counts milliseconds in 32 bits. */
const seconds = numberIn({ above: true, most: 2_000_000 })

/** A seed of random choices. */
const seed = numberIn({ whole: true, most: 2 ** 31 - 1 })

/** Options that say how a Problem is solved. */
export function addSearchOptions(command: Command): Command {
  return addPlacementOptions(
    command
      .addOption(timeLimitOption('wall time of the whole call (default: 10, none with --work-limit)'))
      .addOption(workLimitOption('plan'))
      .addOption(gapOption('stop when so close to the optimum is proven').default(1e-4)),
    'auto'
  )
    .addOption(threadsOption())
    .option('--start <RESULT>', 'a Result or placement to begin with: the plan is nothing worse')
    .addOption(seedOption())
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

/** The Problem that a command is about. */
export function problemArgument(): Argument {
  return new Argument('<PROBLEM>', 'the cluster: a .json or .yaml file, or - for standard input')
}

/** A Result of it; `source` is what gives one. */
export function resultArgument(source = 'plan or sequence gave, or another program'): Argument {
  return new Argument('<RESULT>', `what ${source}: the same kinds of file`)
}

/** `text` says of what, and the default. */
export function timeLimitOption(text: string): Option {
  return new Option('--time-limit <SECONDS>', text).argParser(seconds)
}

/** `what` comes out the same. */
export function workLimitOption(what: string): Option {
  return new Option(
    '--work-limit <N>',
    `units of work instead, each about a millisecond: the same ${what} every time, everywhere`
  ).argParser(numberIn({ above: true }))
}

export function gapOption(text: string): Option {
  return new Option('--gap <SHARE>', text).argParser(numberIn({ most: 0.999 }))
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

/** Who answers, and where the answer goes: as text, as JSON, as a page. */
export function addAnswerOptions(command: Command): Command {
  return command
    .addOption(threadsOption())
    .addOption(seedOption())
    .addOption(jsonOption('the answer'))
    .addOption(outputOption('the answer as JSON'))
    .addOption(pageOption())
    .addOption(quietOption())
}

export function threadsOption(): Option {
  return new Option('--threads <N>', 'worker threads (default: the cores there are, 8 at most)').argParser(
    numberIn({ least: 1, most: 256, whole: true })
  )
}

export function seedOption(what = 'the same choices'): Option {
  return new Option('--seed <N>', `the same seed, ${what}`).argParser(seed).default(1)
}
