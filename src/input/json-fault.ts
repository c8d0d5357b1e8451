/** Where a text is not JSON, and how. */
export interface JsonFault {
  readonly offset: number
  readonly fault: string
  /** The text up to there is a whole value: what is wrong is that there is more. */
  readonly isBehind: boolean
}

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing'

const EXPECTATIONS: Record<Expected, string> = {
  value: 'a value',
  'value-or-end': 'a value or ]',
  key: 'a key in double quotes',
  'key-or-end': 'a key in double quotes or }',
  colon: 'a colon',
  'comma-or-end': 'a comma or a closing bracket',
  nothing: 'the end of the file'
}

const SPACE = /[ \t\n\r]*/y
// The tokens of RFC 8259 beside strings: punctuation, numbers, words.
const TOKEN = new RegExp(
  [
    String.raw`[{}[\],:]`,
    String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])`,
    String.raw`(?:true|false|null)(?!\w)`
  ].join('|'),
  'y'
)

// Pieces of a string, one after another: as one expression, a string of very many escapes would take more stack than there is.
// biome-ignore lint/suspicious/noControlCharactersInRegex: those that no string of JSON may hold.
const PLAIN = /[^"\\\u0000-\u001f]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y

/**
 * The first place where the text is not JSON (RFC 8259), or where an object gives a key a second time, which would
 * silently drop the first: JSON.parse says neither. Undefined when there is none.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  // The keys of each object that is open, undefined for a list; a stack, as deep as the file likes.
  const open: (Set<string> | undefined)[] = []
  let expected: Expected = 'value'
  let offset = 0
  for (;;) {
    offset = endOfMatch(SPACE, text, offset)
    if (offset === text.length && expected === 'nothing') return undefined
    const end = text.charAt(offset) === '"' ? endOfString(text, offset) : endOfMatch(TOKEN, text, offset)
    const token = text.slice(offset, end)
    const keys = open.at(-1)
    if (!accepts(expected, token, keys !== undefined)) {
      return {
        offset,
        isBehind: expected === 'nothing',
        fault: `found ${describeFound(text, offset, token)}, expected ${EXPECTATIONS[expected]}`
      }
    }
    if (expected.startsWith('key') && token !== '}') {
      const key = JSON.parse(token) as string
      if (keys?.has(key))
        return { offset, isBehind: false, fault: `found the key ${token} again, expected every key once` }
      keys?.add(key)
      expected = 'colon'
    } else if (token === ':') {
      expected = 'value'
    } else if (token === ',') {
      expected = keys === undefined ? 'value' : 'key'
    } else if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : undefined)
      expected = token === '{' ? 'key-or-end' : 'value-or-end'
    } else {
      if (token === '}' || token === ']') open.pop()
      expected = open.length === 0 ? 'nothing' : 'comma-or-end'
    }
    offset = end
  }
}

function endOfMatch(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset
  return pattern.test(text) ? pattern.lastIndex : offset
}

/** Where the string ends that begins at an offset; the offset itself where it is none. */
function endOfString(text: string, begin: number): number {
  for (let offset = begin + 1; ; ) {
    offset = endOfMatch(PLAIN, text, offset)
    if (text.charAt(offset) === '"') return offset + 1
    const end = endOfMatch(ESCAPE, text, offset)
    if (end === offset) return begin
    offset = end
  }
}

function accepts(expected: Expected, token: string, inObject: boolean): boolean {
  switch (expected) {
    case 'value':
    case 'value-or-end':
      return (token === ']' && expected === 'value-or-end') || !['', '}', ']', ':', ','].includes(token)
    case 'key':
    case 'key-or-end':
      return token.startsWith('"') || (token === '}' && expected === 'key-or-end')
    case 'colon':
      return token === ':'
    case 'comma-or-end':
      return token === ',' || token === (inObject ? '}' : ']')
    case 'nothing':
      return false
  }
}

function describeFound(text: string, offset: number, token: string): string {
  if (offset === text.length) return 'the end of the file'
  const rest = text.slice(offset, offset + 40)
  if (rest.startsWith('"') && token === '') return 'a string with a bad escape, a control character or no closing quote'
  if (rest.startsWith('//') || rest.startsWith('/*') || rest.startsWith('#'))
    return 'a comment, which JSON does not have'
  if ((token === '}' || token === ']') && /,[ \t\n\r]*$/.test(text.slice(Math.max(0, offset - 200), offset))) {
    return `${token} after a comma`
  }
  return token !== '' && token.length < 40 ? token : (/^[\w.+-]+/.exec(rest)?.[0] ?? JSON.stringify([...rest][0]))
}
