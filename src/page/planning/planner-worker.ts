import { expose } from 'comlink'
import * as z from 'zod'
import { carryInputErrors } from './carry-input-errors.js'
import { createPlanner } from './planner.js'

// The Content-Security-Policy of the page forbids what zod would write itself, and tells of every try.
z.config({ jitless: true })
carryInputErrors()

expose(createPlanner())
