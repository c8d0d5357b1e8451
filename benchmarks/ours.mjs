/** The name of this engine among contestants: what all others are compared with. */
export const OURS = 'replica-compactor'
