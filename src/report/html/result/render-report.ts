import { parseProblem, parseResult } from '../../../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../../../models/contract/problem.js'
import type { Result } from '../../../../models/contract/result.js'
import type { Unchecked } from '../../../../models/contract/unchecked.js'
import { checkResult } from '../../../result/check-result.js'
import { VERSION } from '../../../version.js'
import { costByMigrations } from '../../cluster/cost-path.js'
import { courseOf } from '../../cluster/course.js'
import { type DescribedCluster, describeCluster } from '../../cluster/describe-cluster.js'
import type { Frontier } from '../../svg/cost-chart.js'
import { formatAmount, formatDuration } from '../../text/numbers.js'
import type { Facts } from '../capacity/answer-page.js'
import { renderPage } from '../page.js'
import type { Section } from '../section.js'
import { beforeAfterSection } from './before-after.js'
import { costSection } from './cost-section.js'
import { sentenceOf, tilesOf } from './head.js'
import { migrationSection } from './migration-section.js'
import { conflictSection, reasonsSection, remarksSection } from './reasons-section.js'
import { resultStyles } from './result-styles.js'
import { searchSection } from './search-section.js'
import { verdictSection } from './verdict.js'

/** What a report may be given beside the Result. */
export interface ReportOptions {
  /** What plans of the same Problem cost against how much may move: drawn beside this plan. */
  readonly curve?: Frontier
  /** Names and values of what only the caller knows, such as files. */
  readonly madeFrom?: Facts
}

/**
 * A Result as a page that is one file by itself: it loads nothing and runs nothing. Checks the Result, with its certificate if it has
 * one, and tells what is wrong with it. `problem` null: everything that follows from the Result alone. Throws InputError for what is no
 * Problem or no Result.
 */
export function renderReport(
  givenProblem: Unchecked<ProblemInput>,
  givenResult: Unchecked<Result>,
  { curve, madeFrom = [] }: ReportOptions = {}
): string {
  const problem = givenProblem === null ? null : parseProblem(givenProblem)
  const result = parseResult(givenResult)
  const verdict = problem === null ? null : checkResult(problem, result)
  const isBroken = verdict !== null && verdict.violations.length > 0
  const checked = verdictSection(result, verdict)
  const described = problem === null || result.primalStatus === 'none' ? null : describeCluster(problem, result)
  const name = problem?.name ?? result.problem.name ?? ''
  return renderPage({
    title: name === '' ? 'Compaction' : `Compaction: ${name}`,
    subtitle: sentenceOf(result),
    tiles: tilesOf(problem, result, verdict, described?.nodes ?? []),
    sections: [
      ...(isBroken ? [checked] : []),
      ...feasibleSections(problem, result, described, curve),
      ...[conflictSection(result), reasonsSection(result), remarksSection(result)].filter(
        (section) => section !== null
      ),
      ...(result.primalStatus === 'feasible' ? [] : [searchSection(problem, result)]),
      ...(isBroken ? [] : [checked])
    ],
    generatedFrom: [...(name === '' ? [] : [['Problem', name] as const]), ...madeFrom, ...factsOf(problem, result)],
    styles: resultStyles,
    data: { name: 'result.json', value: result }
  })
}

function feasibleSections(
  problem: Problem | null,
  result: Result,
  described: DescribedCluster | null,
  curve: Frontier | undefined
): Section[] {
  if (result.primalStatus !== 'feasible') return []
  const course = problem === null ? [] : courseOf(problem, result)
  const path = problem === null ? [] : costByMigrations(problem, result, course)
  const cost = costSection(path, curve)
  return [
    ...(described === null ? [] : [beforeAfterSection(described)]),
    migrationSection(problem, result, course),
    searchSection(problem, result),
    ...(cost === null ? [] : [cost])
  ]
}

function factsOf(problem: Problem | null, { problem: { fingerprint }, solve, termination, plan }: Result): Facts {
  return [
    ...(problem?.source === undefined ? [] : [['Source', problem.source] as const]),
    ...(problem?.takenAt === undefined ? [] : [['Taken at', problem.takenAt] as const]),
    ['Fingerprint', fingerprint],
    ...(plan.id === undefined ? [] : [['Plan', plan.id] as const]),
    ...(solve.seed === undefined ? [] : [['Seed', String(solve.seed)] as const]),
    ...(solve.solver === undefined ? [] : [['Solver', solve.solver] as const]),
    ...(solve.formulation === undefined ? [] : [['Formulation', solve.formulation] as const]),
    ...(solve.workLimit === undefined ? [] : [['Limits', `${formatAmount(solve.workLimit)} units of work`] as const]),
    ['Ended', termination],
    ['Took', formatDuration(Math.round(solve.seconds * 10) / 10)],
    ['Made by', `replica-compactor ${VERSION}`]
  ]
}
