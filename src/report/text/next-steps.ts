import { alignColumns } from './layout.js'
import { plainStyle, type Style } from './style.js'

/** The files of a call of `plan`, as the user wrote them, and how the user calls the command. */
export interface CallFiles {
  readonly command: string
  readonly problem: string
  readonly output?: string
}

/** What to do with a plan: keep it, check it, hand it to a program. */
export function renderNextSteps({ command, problem, output }: CallFiles, style: Style = plainStyle): string {
  const [call, file, result] = [command, quote(problem), quote(output ?? 'result.json')]
  const verify = ['check it independently', `${call} verify ${file} ${result}`]
  const rows =
    output === undefined
      ? [
          ['keep it, every step', `${call} plan ${file} -o ${result}`],
          verify,
          ['read it by program', `${call} plan ${file} --json`]
        ]
      : [verify]
  return [style.strong('Next'), ...alignColumns(rows, ['left', 'left']).map((row) => `  ${row}`), ''].join('\n')
}

/** The word as a shell reads it back: in single quotes where it needs them. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
