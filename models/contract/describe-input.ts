/** A place in a file as people write it: `nodes[3].capacity.gpu`; keys that are no plain words stand in quotes. */
export function formatPath(path: readonly PropertyKey[]): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`
    else if (/^[A-Za-z_$][\w$-]*$/.test(String(part))) text += text === '' ? String(part) : `.${String(part)}`
    else text += `[${describeValue(String(part))}]`
  }
  return text
}

const LONGEST_VALUE_SHOWN = 80

/** A value as a message shows it: what it is and, where that is short, what it says. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  if (Array.isArray(value)) {
    if (value.length === 0) return 'an empty list'
    const isShort = value.length <= 8 && value.every((item) => typeof item === 'number')
    return isShort ? `[${value.join(', ')}]` : `a list of ${value.length}`
  }
  if (typeof value === 'object' && value !== null) return 'a mapping'
  const text = JSON.stringify(value)
  if (text.length <= LONGEST_VALUE_SHOWN) return text
  // By code points, so that no half of a pair is left over.
  return `${[...text.slice(0, LONGEST_VALUE_SHOWN + 1)].slice(0, -1).join('')}…`
}
