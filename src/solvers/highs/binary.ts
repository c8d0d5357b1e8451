let place: string | undefined

/**
 * Says where the binary of HiGHS is, `highs/build/highs.wasm`, when a bundler did not put it where it is looked for. To be called in
 * the worker, before it gets work.
 */
export function locateHighs(url: string | URL): void {
  place = String(url)
}

/** Where HiGHS looks for its binary, unless it knows by itself. */
export function highsBinary(): string | undefined {
  return place
}
