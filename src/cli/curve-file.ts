import * as z from 'zod'
import { parseValue } from '../../models/contract/parse-value.js'
import { count, total } from '../../models/contract/quantities.js'
import type { Frontier } from '../report/svg/cost-chart.js'
import { readInput } from './input-file.js'

const curve = z
  .looseObject({
    kind: z.literal('curve'),
    points: z.array(z.looseObject({ migrations: count, costPerHour: total, bound: total })),
    knee: count.nullable()
  })
  .refine(({ points, knee }) => knee === null || knee < points.length, {
    path: ['knee'],
    message: 'Expected the index of a point'
  })

/** What `capacity curve --json` has written, as far as it is drawn. Throws UsageError. */
export async function readCurve(path: string): Promise<Frontier> {
  return readInput(path, (value) => parseValue('curve', curve, value, 'an answer of capacity curve'))
}
