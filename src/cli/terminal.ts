import { ansiStyle, plainStyle, type Style, WIDEST } from '../report/text/style.js'

/** The part of a stream that decides how to write to it. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** Below this a report breaks rather than shrinks. */
const NARROWEST = 60

/**
 * The width of the terminal, within reason. Colours on a terminal; FORCE_COLOR and NO_COLOR overrule it, the former first, as in
 * Node itself. Charts in ASCII where the locale names another character set than UTF-8.
 */
export function chooseStyle(stream: Terminal, environment: NodeJS.ProcessEnv): Style {
  const width = Math.min(WIDEST, Math.max(NARROWEST, stream.columns || WIDEST))
  return { ...(wantsColours(stream, environment) ? ansiStyle : plainStyle), width, ascii: lacksUnicode(environment) }
}

/** The first of these that is set decides, as in POSIX. Without any, most terminals show UTF-8 all the same; Linux' own console has no Braille. */
function lacksUnicode({ LC_ALL, LC_CTYPE, LANG, TERM }: NodeJS.ProcessEnv): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG
  return TERM === 'linux' || (locale !== undefined && locale !== '' && !/utf-?8/i.test(locale))
}

function wantsColours(stream: Terminal, environment: NodeJS.ProcessEnv): boolean {
  const { FORCE_COLOR: force, NO_COLOR: forbid, TERM: kind } = environment
  if (force !== undefined) return force !== '0' && force !== 'false'
  if (forbid !== undefined && forbid !== '') return false
  return stream.isTTY === true && kind !== 'dumb'
}
