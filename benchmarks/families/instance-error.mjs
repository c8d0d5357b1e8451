import { UsageError } from '../usage-error.mjs'

/** What was asked for cannot be made; the message says why. */
export class InstanceError extends UsageError {}
