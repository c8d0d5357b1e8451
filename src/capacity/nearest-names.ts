import { describeValue } from '../../models/contract/describe-input.js'

/** Names shown of those that there are. */
const MOST_SHOWN = 8

/** Names that there are, the most similar to a name that is not among them first, as a message lists them. */
export function nearestNames(name: string, names: readonly string[]): string {
  if (names.length === 0) return 'none there'
  const wanted = fold(name)
  const ranked = names
    .map((known, index) => ({ known, index, distance: farness(wanted, fold(known)) }))
    .sort((left, right) => left.distance - right.distance || left.index - right.index)
  const shown = ranked.slice(0, MOST_SHOWN).map(({ known }) => describeValue(known))
  return names.length > MOST_SHOWN ? `${shown.join(', ')} and ${names.length - MOST_SHOWN} more` : shown.join(', ')
}

function fold(name: string): string {
  return name.toLowerCase().slice(0, 64)
}

/** How far a name is from one that is there, or from any word of it. */
function farness(wanted: string, known: string): number {
  return Math.min(dissimilarity(wanted, known), ...known.split(' ').map((word) => dissimilarity(wanted, word) + 0.1))
}

/** Edits that make one name of the other (Levenshtein, 1965); where one contains the other, less than one. */
function dissimilarity(left: string, right: string): number {
  if (left !== '' && (right.includes(left) || left.includes(right)))
    return Math.abs(left.length - right.length) / (left.length + right.length)
  let above = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const replaced = (above[column - 1] as number) + (left[row - 1] === right[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, (above[column] as number) + 1, (current[column - 1] as number) + 1))
    }
    above = current
  }
  return above[right.length] as number
}
