/** A sample of an OpenMetrics text. */
export interface ParsedSample {
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
  readonly value: number
}

export interface ParsedFamily {
  readonly name: string
  readonly type: string
  readonly help: string
  readonly unit: string
  readonly samples: readonly ParsedSample[]
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$|^[+-]?Inf$|^NaN$/
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  gauge: [''],
  counter: ['_total', '_created'],
  info: ['_info'],
  stateset: ['']
}

/** Reads OpenMetrics 1.0 strictly: whatever its grammar or its rules for these types forbid is thrown. */
export function parseOpenMetrics(text: string): Map<string, ParsedFamily> {
  if (!text.endsWith('# EOF\n')) throw new Error('does not end with "# EOF"')
  if (/\r/.test(text)) throw new Error('a carriage return')
  const lines = text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)
  const families = new Map<string, ParsedFamily & { samples: ParsedSample[] }>()
  let current: { name: string; type: string; help: string; unit: string; samples: ParsedSample[] } | undefined
  for (const line of lines) {
    const descriptor = new RegExp(`^# (TYPE|UNIT|HELP) (${NAME}) (.*)$`).exec(line)
    if (descriptor !== null) {
      const [, kind = '', name = '', value = ''] = descriptor
      if (current?.name !== name) {
        if (families.has(name)) throw new Error(`${name} is interrupted by another family`)
        current = { name, type: 'unknown', help: '', unit: '', samples: [] }
        families.set(name, current)
      }
      if (current.samples.length > 0) throw new Error(`${kind} of ${name} after its samples`)
      if (kind === 'TYPE') {
        if (current.type !== 'unknown' || !Object.hasOwn(SUFFIXES, value)) throw new Error(`TYPE ${name} ${value}`)
        current.type = value
      } else if (kind === 'UNIT') {
        if (current.unit !== '' || !name.endsWith(`_${value}`)) throw new Error(`UNIT ${name} ${value}`)
        current.unit = value
      } else if (current.help === '') current.help = restoreText(value)
      else throw new Error(`HELP ${name} twice`)
      continue
    }
    if (current === undefined) throw new Error(`a sample without a family: ${line}`)
    current.samples.push(parseSample(line, current))
  }
  for (const family of families.values()) checkFamily(family, families)
  return families
}

function parseSample(line: string, { name, type }: { readonly name: string; readonly type: string }): ParsedSample {
  const parts = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`).exec(line)
  if (parts === null) throw new Error(`no sample: ${line}`)
  const [, own = '', inner = '', number = ''] = parts
  if (!SUFFIXES[type]?.some((suffix) => own === name + suffix)) throw new Error(`${own} is no sample of ${name}`)
  if (!NUMBER.test(number)) throw new Error(`no number: ${number}`)
  const value = number.endsWith('Inf') ? (number.startsWith('-') ? -1 : 1) * Number.POSITIVE_INFINITY : Number(number)
  return { name: own, labels: parseLabels(inner), value }
}

function parseLabels(text: string): Map<string, string> {
  const labels = new Map<string, string>()
  let rest = text
  while (rest !== '') {
    const pair = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,(?=.)|$)/.exec(rest)
    if (pair === null) throw new Error(`no labels: ${rest}`)
    const [whole, name = '', value = ''] = pair
    if (labels.has(name)) throw new Error(`the label ${name} twice`)
    labels.set(name, restoreText(value))
    rest = rest.slice(whole.length)
  }
  return labels
}

function restoreText(text: string): string {
  if (/\\(?![\\"n])|\\$/.test(text.replaceAll('\\\\', ''))) throw new Error(`a wrong escape: ${text}`)
  return text.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))
}

function checkFamily({ name, type, samples }: ParsedFamily, families: ReadonlyMap<string, ParsedFamily>): void {
  if (type === 'unknown') throw new Error(`${name} has no TYPE`)
  for (const suffix of ['_total', '_created', '_info', '_bucket', '_sum', '_count']) {
    if (families.has(name + suffix)) throw new Error(`${name}${suffix} may be taken for a sample of ${name}`)
  }
  const seen = new Set<string>()
  for (const sample of samples) {
    const key = JSON.stringify([sample.name, [...sample.labels].sort()])
    if (seen.has(key)) throw new Error(`twice: ${key}`)
    seen.add(key)
    const { value, labels } = sample
    if (type === 'counter' && !(value >= 0 && Number.isFinite(value))) throw new Error(`${name} counts ${value}`)
    if (type === 'info' && value !== 1) throw new Error(`${name} is ${value}`)
    if (type === 'stateset' && !(labels.has(name) && (value === 0 || value === 1)))
      throw new Error(`${name} is no state`)
  }
}
