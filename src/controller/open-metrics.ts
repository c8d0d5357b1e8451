/** A value of a metric, and by which labels it is told from others. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

/** What is measured: a family of OpenMetrics. */
export interface MetricFamily {
  /** Without `_total` or `_info`. Ends with the unit, where there is one. */
  readonly name: string
  readonly type: 'gauge' | 'counter' | 'info' | 'stateset'
  readonly unit?: string
  readonly help: string
  readonly samples: readonly Sample[]
}

const SUFFIX: Readonly<Record<MetricFamily['type'], string>> = {
  gauge: '',
  counter: '_total',
  info: '_info',
  stateset: ''
}

/** The text of OpenMetrics 1.0 (https://github.com/prometheus/OpenMetrics): families in their order, then `# EOF`. */
export function renderOpenMetrics(families: readonly MetricFamily[]): string {
  const lines = families.flatMap(({ name, type, unit, help, samples }) => [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escapeText(help)}`,
    ...samples.map(({ labels = {}, value }) => `${name}${SUFFIX[type]}${renderLabels(labels)} ${renderNumber(value)}`)
  ])
  return `${[...lines, '# EOF'].join('\n')}\n`
}

function renderLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeText(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')
}

/** Twelve significant digits: those after them are what sums leave over. */
const DIGITS = 12

function renderNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (Number.isFinite(value)) return String(Number(value.toPrecision(DIGITS)))
  return value > 0 ? '+Inf' : '-Inf'
}
