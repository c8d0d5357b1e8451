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
}

/** What to do with a plan: keep it, check it, go on from it, hand it to a program. Each command on a line of its own. */
export function renderNextSteps(
  { command, verb, files, output, isOpen = false }: Call,
  style: Style = plainStyle
): string {
  const again = [command, verb, ...files.map(quoteWord)].join(' ')
  const result = quoteWord(output ?? 'result.json')
  const both = `${quoteWord(files[0])} ${result}`
  const verify = ['check it independently', `${command} verify ${both}`]
  const review = [
    ['see it, before and after, in a browser', `${command} report ${both} -o report.html`],
    ['ask why nodes stay, and what would free them', `${command} why ${both}`]
  ]
  const steps =
    output === undefined
      ? [
          ['keep it, with every step', `${again} -o ${result}`],
          verify,
          ...review,
          ['read it by program', `${again} --json`]
        ]
      : [verify, ...review, ...(isOpen ? [['search on from it', `${again} --start ${result} -o ${result}`]] : [])]
  return `${[style.strong('Next'), ...steps.flatMap(([what, call]) => [`  ${what}`, `    ${call}`])].join('\n')}\n`
}
