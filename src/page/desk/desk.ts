import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { Section } from '../../report/why/section.js'
import type { Verdicts } from '../../review/revise/read-decisions.js'
import { ASK_SECONDS, type Inquiry, type InquiryAnswer, type TellInquiry } from '../inquiry/inquiry.js'
import type { CheckedResult, Planner, PlanOptions, TellProgress } from '../planning/planner.js'
import { applyWishes, type Wishes } from '../planning/wishes.js'
import { describeFault } from './describe-fault.js'
import { type DownloadKind, type DownloadView, writeDownload } from './downloads.js'
import type { Fault } from './fault.js'
import { readSources, type Source } from './read-sources.js'
import { openScene, type Scene } from './scene.js'
import { standstill } from './standstill.js'
import { viewProblem } from './view-problem.js'
import { viewResult } from './view-result.js'
import type { ClusterView, FrameView, MoveView, NodeDetails, ProblemView, ResultView } from './views.js'

/** What opening gave. A Result comes with what it shows, a Problem alone is still to be planned. */
export type Opened =
  | { readonly kind: 'problem'; readonly problem: ProblemView; readonly cluster: ClusterView }
  | ({ readonly kind: 'result'; readonly problem: ProblemView } & Planned)
  | { readonly kind: 'fault'; readonly fault: Fault }

/** What a Result shows. */
export interface Planned {
  readonly result: ResultView
  readonly cluster: ClusterView
}

/** What became of planning. abandoned: something else was opened or planned meanwhile. */
export type PlanAnswer =
  | ({ readonly kind: 'planned' } & Planned)
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'fault'; readonly fault: Fault }

/** What was written down. */
export type DownloadAnswer =
  | { readonly kind: 'file'; readonly file: DownloadView }
  | { readonly kind: 'fault'; readonly fault: Fault }

/**
 * Where the Problem and its Result lie, in a worker: all that is heavy is done there, and the page is told only what it shows. What
 * fails leaves everything as it was.
 */
export interface Desk {
  open(sources: readonly Source[]): Promise<Opened>
  plan(wishes: Wishes, options: PlanOptions, onProgress: TellProgress): Promise<PlanAnswer>
  /** Decides on single moves of the plan, and solves again from there, within about a second. */
  decide(verdicts: Verdicts, options: Pick<PlanOptions, 'threads'>, onProgress: TellProgress): Promise<PlanAnswer>
  /** What would free a node, make the plan cheaper or give the Problem a placement, each with its price. */
  ask(about: Inquiry, options: Pick<PlanOptions, 'threads'>, onProgress: TellInquiry): Promise<InquiryAnswer>
  /** Ends what is asked. */
  dropInquiry(): void
  /** Ends planning with the best so far. */
  interrupt(): void
  /** The cluster after so many steps; what changed is against the frame before. */
  frame(step: number): FrameView
  details(row: number): NodeDetails
  moves(): readonly MoveView[]
  /** A fault where nothing may be written, such as a script of a plan that is not safe. */
  download(kind: DownloadKind): Promise<DownloadAnswer>
}

/** Nobody waits longer for a decision to be solved; of large clusters the checks alone take more. */
const DECIDE_MS = 1000
const LARGE_DECIDE_MS = 5000
const LARGE = 400

/** What lies on the desk. */
interface Work {
  readonly name: string
  /** As it was opened. */
  readonly original: Problem
  /** As it was planned, with what was wished for. */
  readonly problem: Problem
  /** null while there is none. */
  readonly result: Result | null
  readonly scene: Scene
  /** The last planning, where it found no placement. */
  readonly refused: { readonly problem: Problem; readonly result: Result } | null
}

export function openDesk(planner: Planner): Desk {
  let work: Work | null = null
  const lie = (name: string, original: Problem, problem: Problem, result: Result | null): Work => {
    work = { name, original, problem, result, scene: openScene(problem, result ?? standstill(problem)), refused: null }
    return work
  }
  const planned = ({ problem, scene }: Work, { result, verdict }: CheckedResult): Planned => ({
    result: viewResult(problem, result, verdict, scene.nodes),
    cluster: scene.cluster
  })
  const present = (): Work => {
    if (work === null) throw new Error('nothing was opened yet')
    return work
  }
  /** Puts what was found on the desk, where that was not cleared meanwhile. */
  const answer = async (
    begin: (work: Work) => [problem: Problem, planning: Promise<CheckedResult | null>]
  ): Promise<PlanAnswer> => {
    try {
      const begun = present()
      const [problem, planning] = begin(begun)
      const checked = await planning
      if (checked === null || work?.original !== begun.original) return { kind: 'abandoned' }
      // Nothing was found: what was planned before stays on the desk.
      if (checked.result.primalStatus === 'none') {
        const { result, verdict } = checked
        work = { ...work, refused: { problem, result } }
        return { kind: 'planned', result: viewResult(problem, result, verdict, []), cluster: work.scene.cluster }
      }
      return { kind: 'planned', ...planned(lie(begun.name, begun.original, problem, checked.result), checked) }
    } catch (error) {
      return { kind: 'fault', fault: describeFault(error) }
    }
  }
  return {
    async open(sources) {
      try {
        const { name, problem, result, imported } = await readSources(sources, work)
        planner.abandon()
        const opened = lie(name, problem, problem, result)
        const view = viewProblem(name, problem, imported)
        if (result === null) return { kind: 'problem', problem: view, cluster: opened.scene.cluster }
        return { kind: 'result', problem: view, ...planned(opened, await planner.check(problem, result)) }
      } catch (error) {
        return { kind: 'fault', fault: describeFault(error) }
      }
    },
    plan: (wishes, options, onProgress) =>
      answer(({ original, result }) => {
        const problem = applyWishes(original, wishes)
        return [problem, planner.plan(problem, result, options, onProgress)]
      }),
    decide: (verdicts, options, onProgress) =>
      answer(({ problem, result }) => {
        if (result === null) throw new Error('there is no plan to decide on')
        const timeLimitMs = problem.nodes.length > LARGE ? LARGE_DECIDE_MS : DECIDE_MS
        return [problem, planner.revise(problem, result, verdicts, { ...options, timeLimitMs }, onProgress)]
      }),
    async ask(about, options, onProgress) {
      try {
        const { problem, result, refused } = present()
        const asked = about.kind === 'refusal' ? refused : result === null ? null : { problem, result }
        if (asked === null) throw new Error('there is nothing to ask about')
        const limits = { ...options, timeLimitMs: 1000 * ASK_SECONDS }
        const node = about.kind === 'node' ? { node: about.node } : {}
        const answer = await planner.ask(asked.problem, asked.result, { ...limits, ...node }, onProgress)
        if (answer === null) return { kind: 'abandoned' }
        const { tellWhy } = await import('../../report/why/tell-why.js')
        const [first, ...rest] = tellWhy(answer, asked.result)
        // The name of a node stands above its answer already.
        const head = first === undefined ? [] : [about.kind === 'node' ? withoutTitle(first) : first]
        return { kind: 'told', sections: [...head, ...rest] }
      } catch (error) {
        return { kind: 'fault', fault: describeFault(error) }
      }
    },
    dropInquiry: () => planner.dropInquiry(),
    interrupt: () => planner.interrupt(),
    frame: (step) => present().scene.frame(step),
    details: (row) => present().scene.details(row),
    moves: () => present().scene.moves(),
    async download(kind) {
      try {
        const { name, problem, result } = present()
        return { kind: 'file', file: await writeDownload(kind, { name, problem, result }) }
      } catch (error) {
        return { kind: 'fault', fault: describeFault(error) }
      }
    }
  }
}

function withoutTitle({ title: _title, aside: _aside, ...rest }: Section): Section {
  return rest
}
