import { InputError } from '../../models/contract/parse.js'

/** What an InputError says of what is wrong: `place: found …, expected … (hint)`; empty where nothing was refused. */
export function refusalOf(read: () => unknown): string[] {
  try {
    read()
    return []
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return error.issues.map(
      ({ path, found, expected, hint }) =>
        `${path}: found ${found}, expected ${expected}${hint === undefined ? '' : ` (${hint})`}`
    )
  }
}
