/** Splits `NAME,NAME:REST` at its last colon, for names of types have colons, too; `['', text]` where there is none. */
export function splitLast(text: string): readonly [names: string, rest: string] {
  const at = text.lastIndexOf(':')
  return at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + 1)]
}

/** A number as people write it; undefined for anything else. */
export function readNumber(text: string): number | undefined {
  return /^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined
}

/** `a,b` as a list; undefined where one of them is empty. */
export function readNames(text: string): string[] | undefined {
  const names = text.split(',')
  return names.includes('') ? undefined : names
}

/** The list as a line says it; undefined where a name has what the line sets apart with. */
export function writeNames(names: readonly string[]): string | undefined {
  return names.length === 0 || names.some((name) => name === '' || /[,=]/.test(name)) ? undefined : names.join(',')
}

/** `cpu=4,gpu=1` as a mapping of texts; undefined where an entry has no name or is said twice. */
export function readPairs(text: string): Map<string, string> | undefined {
  const pairs = new Map<string, string>()
  for (const entry of text.split(',')) {
    const [name = '', ...rest] = entry.split('=')
    if (name === '' || rest.length !== 1 || pairs.has(name)) return undefined
    pairs.set(name, rest[0] as string)
  }
  return pairs
}

/** Several parts with a colon between them; undefined where one of them cannot be said. */
export function joinParts(...parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.filter((part) => part !== '').join(':')
}
