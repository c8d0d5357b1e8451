/** How each contestant looks, the same in all pictures: by colour, by dash and by symbol, so that no single one of them is needed. */
import { OURS } from '../ours.mjs'

/** @import { BenchContestant } from '../bench/record.mjs' */

/**
 * @typedef {object} Look
 * @property {string} colour A variable of the style sheet.
 * @property {string} dash Of lines; empty: drawn through.
 * @property {SymbolName} symbol
 * @property {number} width
 * @property {boolean} isOurs
 */

/** @typedef {'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'star' | 'wye'} SymbolName */

/** The first is this engine's. */
const COLOURS = 8
const DASHES = ['', '6 3', '2 3', '9 3 2 3']
/** @type {readonly SymbolName[]} */
export const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star', 'wye']

/** @type {(contestants: readonly BenchContestant[]) => Map<string, Look>} */
export function assignLooks(contestants) {
  const others = contestants.filter(({ kind }) => kind !== 'engine')
  const engines = contestants.filter(({ name, kind }) => kind === 'engine' && name !== OURS)
  return new Map([
    [OURS, { colour: 'var(--series-1)', dash: '', symbol: 'circle', width: 3, isOurs: true }],
    ...engines.map(({ name }, index) => /** @type {[string, Look]} */ ([name, engineLook(index)])),
    ...others.map(({ name }, index) => /** @type {[string, Look]} */ ([name, otherLook(index)]))
  ])
}

/** @type {(index: number) => Look} */
const engineLook = (index) => ({
  colour: 'var(--series-1)',
  dash: DASHES[1 + (index % (DASHES.length - 1))] ?? '',
  symbol: SYMBOLS[1 + (index % (SYMBOLS.length - 1))] ?? 'circle',
  width: 2,
  isOurs: false
})

/** @type {(index: number) => Look} */
const otherLook = (index) => ({
  colour: `var(--series-${2 + (index % (COLOURS - 1))})`,
  dash: DASHES[Math.floor(index / (COLOURS - 1)) % DASHES.length] ?? '',
  symbol: SYMBOLS[index % SYMBOLS.length] ?? 'circle',
  width: 1.5,
  isOurs: false
})

/** Of a bound that somebody proved. @type {Look} */
export const BOUND_LOOK = { colour: 'currentColor', dash: '4 3', symbol: 'circle', width: 1.2, isOurs: false }

/** Of who is in no list of contestants. @type {Look} */
const PLAIN = { colour: 'currentColor', dash: '', symbol: 'circle', width: 1.5, isOurs: false }

/** @type {(looks: ReadonlyMap<string, Look>, name: string) => Look} */
export const lookOf = (looks, name) => looks.get(name) ?? PLAIN
