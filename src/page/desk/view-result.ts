import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { DescribedNode } from '../../report/cluster/describe-cluster.js'
import { asSentence } from '../../report/html/capacity/answer-page.js'
import { sentenceOf, tilesOf } from '../../report/html/result/head.js'
import { searchCourse } from '../../report/svg/search-chart.js'
import { describeSearch } from '../../report/text/proof.js'
import { renderRemarks } from '../../report/text/remarks.js'
import { plainStyle } from '../../report/text/style.js'
import type { Verdict } from '../../result/check-result.js'
import { NO_DECISIONS } from '../planning/verdicts.js'
import type { RemarkView, ResultView } from './views.js'

/** Lines are broken by the page, not here. */
const unbroken = { ...plainStyle, width: 1_000_000 }

/** A Result as the page tells it; `nodes`: before and after. */
export function viewResult(
  problem: Problem,
  result: Result,
  verdict: Verdict,
  nodes: readonly DescribedNode[]
): ResultView {
  const { objective, explanation } = result
  return {
    isFeasible: objective !== undefined,
    sentence: sentenceOf(result),
    tiles: tilesOf(problem, result, verdict, nodes),
    search: `${asSentence(describeSearch(result))}.`,
    violations: verdict.violations.map(({ message }) => message),
    remarks: renderRemarks(result, unbroken).map(readRemark),
    conflict: explanation.conflict ?? [],
    trail: searchCourse(result),
    decisions: explanation.decisions ?? NO_DECISIONS
  }
}

function readRemark([title = '', ...lines]: readonly string[]): RemarkView {
  return { title, items: lines.map((line) => line.trim()) }
}
