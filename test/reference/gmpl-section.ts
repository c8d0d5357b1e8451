/** A number, or null where the model's own default is meant. */
type Value = number | null

/** The data section of a GMPL model, line by line. Subscripts count from 1; what equals the default is left out. */
export class GmplSection {
  readonly #lines = ['data;']

  /** A list of names, for people: escaped to printable ASCII, for the reader takes no control characters even here. */
  comment(what: string, names: readonly string[]): void {
    for (const [index, name] of names.entries()) this.#lines.push(`# ${what} ${index + 1}: ${printable(name)}`)
  }

  param(name: string, value: number | undefined): void {
    if (value !== undefined) this.#lines.push(`param ${name} := ${value};`)
  }

  set(name: string, members: readonly (number | string)[]): void {
    if (members.length > 0) this.#lines.push(`set ${name} := ${members.join(' ')};`)
  }

  /** `first` is the subscript of the first value. */
  table(name: string, values: readonly Value[], standard: Value, first = 1): void {
    const entries = values.flatMap((value, index) =>
      value === null || value === standard ? [] : [`[${first + index}] ${value}`]
    )
    if (entries.length > 0) this.#lines.push(`param ${name} := ${entries.join(' ')};`)
  }

  matrix(name: string, rows: readonly (readonly Value[])[], standard: Value): void {
    const entries = rows.flatMap((row, index) =>
      row.flatMap((value, column) =>
        value === null || value === standard ? [] : [`[${index + 1},${column + 1}] ${value}`]
      )
    )
    if (entries.length > 0) this.#lines.push(`param ${name} := ${entries.join(' ')};`)
  }

  text(): string {
    return `${[...this.#lines, 'end;'].join('\n')}\n`
  }
}

function printable(name: string): string {
  return JSON.stringify(name).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  )
}
