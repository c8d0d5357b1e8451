import { describeValue } from '../../models/contract/describe-input.js'

/**
 * Holds what a user's `createWorker` returned against the methods that a worker of this platform has: what lacks one is
 * named here, and not by a failure further inside. Throws TypeError.
 */
export function expectWorker(value: unknown, methods: readonly string[], expected: string): void {
  const isWorker =
    typeof value === 'object' &&
    value !== null &&
    methods.every((method) => typeof (value as Record<string, unknown>)[method] === 'function')
  if (!isWorker) throw new TypeError(`createWorker returned ${describeReturned(value)}, expected ${expected}`)
}

function describeReturned(value: unknown): string {
  if (typeof value !== 'object' || value === null) return describeValue(value)
  const { name } = value.constructor ?? {}
  return name === undefined || name === 'Object' ? 'an object' : `an instance of ${name}`
}
