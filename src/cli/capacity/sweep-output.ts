import type { SweepAnswer } from '../../capacity/sweep/sweep-answer.js'
import type { Facts } from '../../report/html/capacity/answer-page.js'
import { renderSweepPage } from '../../report/html/capacity/sweep.js'
import { renderSweep } from '../../report/text/sweep.js'
import { writeWhole } from '../output.js'
import { chooseStyle } from '../terminal.js'

/** Where the answer of a sweep goes. */
export interface SweepOutputOptions {
  readonly json?: boolean
  readonly output?: string
  readonly html?: string
}

/** Prints the table, or the answer, and writes the files asked for; `madeFrom` names what was swept. */
export async function deliverSweep(
  answer: SweepAnswer,
  { json, output, html }: SweepOutputOptions,
  madeFrom: Facts
): Promise<void> {
  const text = `${JSON.stringify(answer, null, 2)}\n`
  process.stdout.write(json === true ? text : renderSweep(answer, chooseStyle(process.stdout, process.env)))
  if (output !== undefined) await writeWhole(output, text)
  if (html !== undefined) await writeWhole(html, renderSweepPage(answer, madeFrom))
}
