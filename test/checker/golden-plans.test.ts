import { expect, test } from 'vitest'
import { verifyResult } from '../../models/index.js'
import * as golden from './golden-plans.js'

test.each(Object.entries(golden))('accepts %s', (_, make) => {
  const { problem, result } = make()
  expect(verifyResult(problem, result)).toEqual([])
})
