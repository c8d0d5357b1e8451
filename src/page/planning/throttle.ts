/** Calls of a function that come too often: the last of them is made when the time has come. */
export interface Throttled<Value> {
  call(value: Value): void
  /** Makes a call that waits now. */
  flush(): void
}

/** At most one call in so many milliseconds; the first is made at once. */
export function throttle<Value>(act: (value: Value) => void, everyMs: number): Throttled<Value> {
  let last = Number.NEGATIVE_INFINITY
  let waiting: { readonly value: Value } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (waiting === null) return
    const { value } = waiting
    waiting = null
    last = performance.now()
    act(value)
  }
  return {
    call(value) {
      waiting = { value }
      const rest = last + everyMs - performance.now()
      if (rest <= 0) flush()
      else timer ??= setTimeout(flush, rest)
    },
    flush
  }
}
