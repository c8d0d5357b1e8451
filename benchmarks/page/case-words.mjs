/** Names of what was measured. */
import { baseName } from '../markdown.mjs'
import { budgetWords } from './words.mjs'

/** @import { Experiment } from '../bench/record.mjs' */
/** @import { Case } from '../measures/cases.mjs' */

/** @type {Record<Experiment, string>} */
export const experimentTitle = { race: 'Race', savings: 'Savings', sizes: 'Sizes' }

/** `dense-50-1, moving 5 %`. @type {(one: Pick<Case, 'instance' | 'budgetShare'>) => string} */
export const caseTitle = ({ instance, budgetShare }) =>
  `${baseName(instance.name)}${budgetShare === null ? '' : `, moving ${budgetWords(budgetShare)}`}`
