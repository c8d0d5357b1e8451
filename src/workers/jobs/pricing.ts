import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { PricingBoard } from '../../solvers/patterns/pricing-board.js'
import { SlotPricing } from '../../solvers/patterns/slot-pricing.js'
import type { Job } from './job.js'

/** What is priced, and where its search writes it down. */
export interface PricingJob {
  readonly problem: PatternProblem
  /** Of `PricingBoard.sharedBuffer`. */
  readonly buffer: SharedArrayBuffer
}

/** What a helper did. */
export interface PricedTasks {
  readonly tasks: number
}

/** Takes a share of the pricing of a search that runs in another thread, until that ends or nobody wants it to go on. */
export const pricingJob: Job<PricingJob, never, PricedTasks> = {
  run: ({ problem, buffer }, line) => {
    const board = new PricingBoard(problem, buffer)
    const pricing = new SlotPricing(problem, board, () => board.queue.isStopped)
    let tasks = 0
    while (!line.cancelled() && !board.queue.isEnded) {
      const { round } = board.queue
      while (!line.cancelled() && pricing.work()) tasks++
      board.queue.waitForRound(round)
    }
    return { tasks }
  },
  transferables: () => []
}
