import { renderCompactionPage } from '../../../../src/report/html/capacity/compaction.js'
import { renderCurvePage } from '../../../../src/report/html/capacity/curve.js'
import { renderHolesPage } from '../../../../src/report/html/capacity/holes.js'
import { renderHorizonPage } from '../../../../src/report/html/capacity/horizon.js'
import { renderMixPage } from '../../../../src/report/html/capacity/mix.js'
import { renderReachPage } from '../../../../src/report/html/capacity/reach.js'
import { renderSurvivePage } from '../../../../src/report/html/capacity/survive.js'
import { renderSweepPage } from '../../../../src/report/html/capacity/sweep.js'
import { renderWhatIfPage } from '../../../../src/report/html/capacity/what-if.js'
import { sampleAnswers } from '../../../capacity/sample-answers.js'

/** A page of each answer, with whatever names. */
export function samplePages(nameOf?: (plain: string) => string): Readonly<Record<string, string>> {
  const answers = sampleAnswers(nameOf)
  const madeFrom = [['File', (nameOf ?? String)('small.study.yaml')]] as const
  return {
    mix: renderMixPage(answers.mixAnswer, madeFrom),
    horizon: renderHorizonPage(answers.horizonAnswer, madeFrom),
    reach: renderReachPage(answers.reachAnswer, madeFrom),
    survive: renderSurvivePage(answers.surviveAnswer, madeFrom),
    compaction: renderCompactionPage(answers.compactionAnswer, madeFrom),
    curve: renderCurvePage(answers.curveAnswer, madeFrom),
    holes: renderHolesPage(answers.holesAnswer, madeFrom),
    'what-if': renderWhatIfPage(answers.whatIfAnswer, madeFrom),
    sweep: renderSweepPage(answers.sweepAnswer, madeFrom)
  }
}
