import { ansiStyle, plainStyle, type Style } from '../report/text/style.js'

/** The part of a stream that decides how to write to it. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** Colours on a terminal; FORCE_COLOR and NO_COLOR overrule it, the former first, as in Node itself. */
export function chooseStyle(stream: Terminal, environment: NodeJS.ProcessEnv): Style {
  const { FORCE_COLOR: force, NO_COLOR: forbid, TERM: kind } = environment
  if (force !== undefined) return force === '0' || force === 'false' ? plainStyle : ansiStyle
  if (forbid !== undefined && forbid !== '') return plainStyle
  return stream.isTTY === true && kind !== 'dumb' ? ansiStyle : plainStyle
}
