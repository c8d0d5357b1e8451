import type { ImportedSystem } from '../../adapters/problem-source.js'
import type { ExecutableOn } from '../../options.js'
import { quoteWord } from './shell-word.js'
import { plainStyle, type Style } from './style.js'

/** A call of `plan` or `sequence`: how the user calls the command, and the files as the user wrote them. */
export interface Call {
  readonly command: string
  readonly verb: 'plan' | 'sequence'
  /** The Problem, and what else the verb takes. */
  readonly files: readonly [problem: string, ...others: string[]]
  readonly output?: string
  /** Whether more search may improve on it; not by default. */
  readonly isOpen?: boolean
  /** What the plan is restricted to, if anything. */
  readonly executableOn?: ExecutableOn
  /** What the Problem was imported from, if anything. */
  readonly system?: ImportedSystem
}

/** What to do with a plan: keep it, check it, go on from it, hand it to a program. Each command on a line of its own. */
export function renderNextSteps(
  { command, verb, files, output, isOpen = false, executableOn, system }: Call,
  style: Style = plainStyle
): string {
  const restriction = executableOn === undefined ? [] : ['--executable-on', executableOn]
  const again = [command, verb, ...files.map(quoteWord), ...restriction].join(' ')
  const result = quoteWord(output ?? 'result.json')
  const both = `${quoteWord(files[0])} ${result}`
  const verify = ['check it independently', `${command} verify ${both}`]
  const review = [
    ['see it, before and after, in a browser', `${command} report ${both} -o report.html`],
    // It refuses a restricted plan.
    ...(executableOn === undefined ? [['ask why nodes stay, and what would free them', `${command} why ${both}`]] : []),
    ...(system === undefined ? [] : carryOut(system, command, both))
  ]
  // What is restricted takes no start.
  const searchOn = isOpen && executableOn === undefined
  const steps =
    output === undefined
      ? [
          ['keep it, with every step', `${again} -o ${result}`],
          verify,
          ...review,
          ['read it by program', `${again} --json`]
        ]
      : [verify, ...review, ...(searchOn ? [['search on from it', `${again} --start ${result} -o ${result}`]] : [])]
  return `${[style.strong('Next'), ...steps.flatMap(([what, call]) => [`  ${what}`, `    ${call}`])].join('\n')}\n`
}

/** How a plan is carried out where its Problem was imported from: what it is for, and the call. */
function carryOut(system: ImportedSystem, command: string, both: string): string[][] {
  const script = `${command} script ${both} --for ${system} -o`
  if (system === 'kubernetes') return [['write it as a script of kubectl commands', `${script} migrate.sh`]]
  return [
    ['see what Ray can carry out of it', `${command} drains ${both}`],
    ['write that as a script of ray drain-node', `${script} drains.sh`]
  ]
}
