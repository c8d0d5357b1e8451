/** The value of a name in a record, which may be a name that every object has. */
export function lookUp<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined
}
