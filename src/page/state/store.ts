import { useEffect, useState } from 'preact/hooks'

/** A value that changes by events, and whoever wants to know. */
export interface Store<State, Event> {
  readonly state: State
  dispatch(event: Event): void
  /** Returns how to stop being told. */
  subscribe(listener: () => void): () => void
}

export function openStore<State, Event>(
  initial: State,
  reduce: (state: State, event: Event) => State
): Store<State, Event> {
  let state = initial
  const listeners = new Set<() => void>()
  return {
    get state() {
      return state
    },
    dispatch(event) {
      const next = reduce(state, event)
      if (next === state) return
      state = next
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
}

/** What a source says now; draws the component again whenever that changes. */
export function useSource<Value>(subscribe: (listener: () => void) => () => void, read: () => Value): Value {
  const [value, setValue] = useState(read)
  // Read belongs to the source that is subscribed to.
  useEffect(() => {
    const update = () => setValue(() => read())
    update()
    return subscribe(update)
  }, [subscribe])
  return value
}
