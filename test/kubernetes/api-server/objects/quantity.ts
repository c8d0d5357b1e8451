const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['m', 1e-3],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40]
])

/** `100m`, `2Gi` as a number. */
export function readQuantity(text: string): number {
  const [, digits = '', unit = ''] = /^([\d.]+)(.*)$/.exec(text) ?? []
  const factor = UNITS.get(unit)
  if (digits === '' || factor === undefined) throw new Error(`no quantity: ${text}`)
  return Number(digits) * factor
}
