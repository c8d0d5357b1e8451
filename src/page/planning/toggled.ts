/** A list with a name in it, or without it. */
export function toggled(names: readonly string[], name: string, isOn: boolean): readonly string[] {
  const others = names.filter((one) => one !== name)
  return isOn ? [...others, name] : others
}
