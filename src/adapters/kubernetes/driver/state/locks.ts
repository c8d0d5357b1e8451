/** Lets one at a time in, by name; the others wait, or leave when their signal is aborted. */
export class Locks {
  readonly #tails = new Map<string, Promise<void>>()

  async hold<Value>(name: string, signal: AbortSignal, act: () => Promise<Value>): Promise<Value> {
    const before = this.#tails.get(name) ?? Promise.resolve()
    let leave = () => {}
    const own = new Promise<void>((resolve) => {
      leave = resolve
    })
    const tail = before.then(() => own)
    this.#tails.set(name, tail)
    void tail.then(() => {
      if (this.#tails.get(name) === tail) this.#tails.delete(name)
    })
    try {
      await untilAborted(before, signal)
      return await act()
    } finally {
      leave()
    }
  }
}

/** The promise, or a rejection as soon as the signal is aborted. */
async function untilAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  let giveUp = () => {}
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason)
    signal.addEventListener('abort', giveUp, { once: true })
  })
  try {
    await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}
