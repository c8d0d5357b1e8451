/** Whoever is told of what happens. What goes wrong there must not go wrong here; the first fault is kept. */
export class Listener<Told> {
  fault: string | null = null

  constructor(private readonly onEvent: ((event: Told) => void) | undefined) {}

  tell(event: Told): void {
    if (this.onEvent === undefined) return
    try {
      const answer: unknown = this.onEvent(event)
      if (typeof answer === 'object' && answer !== null) {
        Promise.resolve(answer).catch((fault) => {
          this.fault ??= describeFault(fault)
        })
      }
    } catch (fault) {
      this.fault ??= describeFault(fault)
    }
  }
}

/** Whatever was thrown, in words. */
export function describeFault(fault: unknown): string {
  try {
    return fault instanceof Error ? fault.message : String(fault)
  } catch {
    return 'what was thrown cannot be read'
  }
}
