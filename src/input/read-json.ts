import { findJsonFault } from './json-fault.js'
import { TextFault } from './text-fault.js'

/** What a text in JSON says. Throws TextFault, also where an object gives a key twice. */
export function readJson(text: string): unknown {
  const fault = findJsonFault(text)
  if (fault !== undefined) throw new TextFault(text, fault.offset, fault.fault)
  return JSON.parse(text)
}

/**
 * What a text says that may hold several values in JSON one after another, as programs print that are called one after another. Throws
 * TextFault.
 */
export function readJsonValues(text: string): unknown[] {
  const values: unknown[] = []
  for (let begin = 0; begin < text.length; ) {
    const rest = text.slice(begin)
    const fault = findJsonFault(rest)
    const isNext = fault?.isBehind === true && /[{[]/.test(rest.charAt(fault.offset))
    if (fault !== undefined && !isNext) throw new TextFault(text, begin + fault.offset, fault.fault)
    const end = fault?.offset ?? rest.length
    values.push(JSON.parse(rest.slice(0, end)))
    begin += end
  }
  return values
}

/** Whether a text is JSON and not YAML: as the ending of its name says, else as it begins. */
export function isJson(name: string, text: string): boolean {
  if (/\.json$/i.test(name)) return true
  return !/\.ya?ml$/i.test(name) && /^\s*[{[]/.test(text)
}
