import { findJsonFault } from './json-fault.js'
import { TextFault } from './text-fault.js'

/** What a text in JSON says. Throws TextFault, also where an object gives a key twice. */
export function readJson(text: string): unknown {
  const fault = findJsonFault(text)
  if (fault !== undefined) throw new TextFault(text, fault.offset, fault.fault)
  return JSON.parse(text)
}

/** Whether a text is JSON and not YAML: as the ending of its name says, else as it begins. */
export function isJson(name: string, text: string): boolean {
  if (/\.json$/i.test(name)) return true
  return !/\.ya?ml$/i.test(name) && /^\s*[{[]/.test(text)
}
