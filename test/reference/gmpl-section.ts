/** A number, or null where the model's own default is meant. */
type Value = number | null

/** The data section of a GMPL model, line by line. Subscripts count from 1, and what equals the default is left out. */
export class GmplSection {
  readonly #lines = ['data;']

  /** A list of names, for people: escaped to printable ASCII, for the reader takes no control characters even here. */
  comment(what: string, names: readonly string[]): void {
    for (const [index, name] of names.entries()) this.#lines.push(`# ${what} ${index + 1}: ${printable(name)}`)
  }

  param(name: string, value: number | undefined): void {
    if (value !== undefined) this.#lines.push(`param ${name} := ${value};`)
  }

  set(name: string, members: readonly number[]): void {
    if (members.length > 0) this.#lines.push(`set ${name} := ${members.join(' ')};`)
  }

  /** One value for each item; `first` is the subscript of the first. */
  table<Item>(
    name: string,
    standard: Value,
    items: readonly Item[],
    value: (item: Item, index: number) => Value,
    first = 1
  ): void {
    this.#values(
      name,
      standard,
      items.map((item, index) => [`${first + index}`, value(item, index)])
    )
  }

  /** One value for each pair of a row and a column. */
  matrix<Row, Column>(
    name: string,
    standard: Value,
    rows: readonly Row[],
    columns: readonly Column[],
    value: (row: Row, column: Column) => Value
  ): void {
    const entries = rows.flatMap((row, index) =>
      columns.map((column, place) => [`${index + 1},${place + 1}`, value(row, column)] as const)
    )
    this.#values(name, standard, entries)
  }

  text(): string {
    return `${[...this.#lines, 'end;'].join('\n')}\n`
  }

  #values(name: string, standard: Value, entries: readonly (readonly [subscript: string, value: Value])[]): void {
    const stated = entries.filter(([, value]) => value !== null && value !== standard)
    if (stated.length === 0) return
    this.#lines.push(`param ${name} := ${stated.map(([subscript, value]) => `[${subscript}] ${value}`).join(' ')};`)
  }
}

function printable(name: string): string {
  return JSON.stringify(name).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  )
}
