/** A report with all that is worked out from it: what pictures and tables are made of. */
import { measureCases } from '../measures/cases.mjs'
import { measureGrowth } from '../measures/growth.mjs'
import { measureRace } from '../measures/race.mjs'
import { measureSavings } from '../measures/savings.mjs'
import { assignLooks } from './series.mjs'

/** @import { BenchReport } from '../bench/record.mjs' */
/** @import { Case } from '../measures/cases.mjs' */
/** @import { Growth } from '../measures/growth.mjs' */
/** @import { Race } from '../measures/race.mjs' */
/** @import { SavingsRow } from '../measures/savings.mjs' */
/** @import { Look } from './series.mjs' */

/**
 * @typedef {object} Scene
 * @property {BenchReport} report
 * @property {Case[]} cases
 * @property {Race} race
 * @property {SavingsRow[]} savings
 * @property {Growth[]} growth
 * @property {Map<string, Look>} looks
 */

/** @type {(report: BenchReport) => Scene} */
export function setScene(report) {
  const cases = measureCases(report)
  return {
    report,
    cases,
    race: measureRace(cases, report.contestants),
    savings: measureSavings(cases, report.contestants),
    growth: measureGrowth(cases, report),
    looks: assignLooks(report.contestants)
  }
}
