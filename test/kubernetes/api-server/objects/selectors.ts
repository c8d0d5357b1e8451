import type { KubeObject, LabelSelector } from './objects.js'

export function matchesSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels?.[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels?.[key]
      if (operator === 'Exists') return value !== undefined
      if (operator === 'DoesNotExist') return value === undefined
      return (value !== undefined && values.includes(value)) === (operator === 'In')
    })
  )
}

type Labels = Readonly<Record<string, string>> | undefined

/** `a=b,c!=d,e,!f,g in (h,i)` as a test of labels. */
export function readLabelSelector(text: string): (labels: Labels) => boolean {
  const parts = text.match(/(?:[^,(]|\([^)]*\))+/g) ?? []
  const tests = parts.map((part) => {
    const [, key = '', operator = '', list = ''] = /^\s*(\S+?)\s+(in|notin)\s+\(([^)]*)\)/.exec(part) ?? []
    if (operator !== '') {
      const values = list.split(',').map((value) => value.trim())
      return (labels: Labels) => values.includes(labels?.[key] ?? '\0') === (operator === 'in')
    }
    const [, name = '', sign = '', value = ''] = /^\s*([^=!\s]+)\s*(==|=|!=)\s*(\S*)\s*$/.exec(part) ?? []
    if (sign !== '') return (labels: Labels) => (labels?.[name] === value) === (sign !== '!=')
    const bare = part.trim()
    return (labels: Labels) =>
      bare.startsWith('!') ? labels?.[bare.slice(1)] === undefined : labels?.[bare] !== undefined
  })
  return (labels) => tests.every((test) => test(labels))
}

/** `metadata.name=x,spec.nodeName!=y` as a test of objects. */
export function readFieldSelector(text: string): (object: KubeObject) => boolean {
  const tests = text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [, path = '', sign = '', value = ''] = /^([^=!]+)(==|=|!=)(.*)$/.exec(part) ?? []
      return (object: KubeObject) => (fieldOf(object, path.split('.')) === value) === (sign !== '!=')
    })
  return (object) => tests.every((test) => test(object))
}

function fieldOf(object: unknown, path: readonly string[]): string {
  let value = object
  for (const key of path) value = (value as Record<string, unknown> | undefined)?.[key]
  return value === undefined ? '' : String(value)
}
