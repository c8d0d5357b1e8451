/** The line from a worker to who made it. */
export const endpoint = globalThis
