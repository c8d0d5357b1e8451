/** What is measured: parts of the built package, each on two sizes, and the same work every time. */
import { task } from './task.mjs'
import { checkingPlacement, checkingResult, sequencing } from './tasks/migrating.mjs'
import { packingNodes, packingTightly } from './tasks/packing.mjs'
import { compiling, formulating, parsing } from './tasks/reading.mjs'
import { greedily, pricing } from './tasks/searching.mjs'

/** @import { Task } from './task.mjs' */

/** Milliseconds until nearly all of the code is compiled that a part uses, as seen on one core. */
const [SIMPLE, INTRICATE] = [600, 2000]

/** @type {readonly Task[]} */
export const tasks = [
  task('parse dense-100-1', 'small', SIMPLE, () => parsing('dense/dense-100-1')),
  task('parse openb-slice-400', 'large', SIMPLE, () => parsing('openb/openb-slice-400')),
  task('compile dense-100-1', 'small', SIMPLE, () => compiling('dense/dense-100-1')),
  task('compile synthetic-1000-1', 'large', SIMPLE, () => compiling('synthetic/synthetic-1000-1')),
  task('formulate dense-50-1', 'small', INTRICATE, () => formulating('dense/dense-50-1')),
  task('formulate dense-100-1', 'large', INTRICATE, () => formulating('dense/dense-100-1')),
  task('greedy dense-100-1', 'small', INTRICATE, () => greedily('dense/dense-100-1')),
  task('greedy dense-200-1', 'large', INTRICATE, () => greedily('dense/dense-200-1')),
  task('greedy synthetic-100-1', 'large', INTRICATE, () => greedily('synthetic/synthetic-100-1')),
  task('pricing dense-100-1', 'small', INTRICATE, () => pricing('dense/dense-100-1')),
  task('pricing openb-slice-120', 'large', INTRICATE, () => pricing('openb/openb-slice-120')),
  task('device packing openb-slice-400', 'small', SIMPLE, () => packingNodes('openb/openb-slice-400')),
  task('device packing tight', 'large', SIMPLE, () => packingTightly(20)),
  task('check placement tight-50', 'small', SIMPLE, () => checkingPlacement(50)),
  task('check placement tight-400', 'large', SIMPLE, () => checkingPlacement(400)),
  task('check result tight-25', 'small', INTRICATE, () => checkingResult(25)),
  task('check result tight-100', 'large', INTRICATE, () => checkingResult(100)),
  task('sequence tight-10', 'small', INTRICATE, () => sequencing(10)),
  task('sequence tight-50', 'large', INTRICATE, () => sequencing(50))
]
