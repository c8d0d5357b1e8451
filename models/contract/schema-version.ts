import * as z from 'zod'

export const schemaVersion = z.literal(1).describe('Version of the contract that the file follows: 1.')
