/** Lengths of arrays, by name. */
export interface ArrayLengths<Floats extends string, Integers extends string> {
  readonly floats: Readonly<Record<Floats, number>>
  readonly integers: Readonly<Record<Integers, number>>
}

export type Arrays<Floats extends string, Integers extends string> = Readonly<
  Record<Floats, Float64Array> & Record<Integers, Int32Array>
>

/** How large a buffer for arrays has to be. */
export function bytesOf({ floats, integers }: ArrayLengths<string, string>): number {
  const sum = (lengths: Readonly<Record<string, number>>) =>
    Object.values(lengths).reduce((total, length) => total + length, 0)
  return sum(floats) * Float64Array.BYTES_PER_ELEMENT + sum(integers) * Int32Array.BYTES_PER_ELEMENT
}

/** The arrays over a buffer, one behind the other, the floats first so that all are aligned. Whoever cuts one in the same way sees the same. */
export function cutArrays<Floats extends string, Integers extends string>(
  { floats, integers }: ArrayLengths<Floats, Integers>,
  buffer: ArrayBufferLike
): Arrays<Floats, Integers> {
  let from = 0
  const cut = <Kind>(
    make: { new (buffer: ArrayBufferLike, from: number, length: number): Kind; readonly BYTES_PER_ELEMENT: number },
    lengths: Readonly<Record<string, number>>
  ) =>
    Object.entries(lengths).map(([name, length]): [string, Kind] => {
      const array = new make(buffer, from, length)
      from += length * make.BYTES_PER_ELEMENT
      return [name, array]
    })
  return Object.fromEntries([...cut(Float64Array, floats), ...cut(Int32Array, integers)]) as Arrays<Floats, Integers>
}
