import type { Style } from '../report/text/style.js'
import { writeWhole } from './output.js'
import { chooseStyle } from './terminal.js'

/** Where an answer goes. */
export interface AnswerOutput {
  readonly json?: boolean | undefined
  readonly output?: string | undefined
}

/** Prints an answer as a text or as JSON, and writes the file asked for. */
export async function deliverAnswer<Answer>(
  answer: Answer,
  render: (answer: Answer, style: Style) => string,
  { json = false, output }: AnswerOutput
): Promise<void> {
  const text = `${JSON.stringify(answer, null, 2)}\n`
  process.stdout.write(json ? text : render(answer, chooseStyle(process.stdout, process.env)))
  // Last, so that a full disk does not also take what is on the screen.
  if (output !== undefined) await writeWhole(output, text)
}
