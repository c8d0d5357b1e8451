import type { Mover } from './agenda.js'
import type { UndoLog } from './undo-log.js'

/** What detours may cost beside the target's own migrations. */
export interface HopBudget {
  readonly migrations: number
  readonly moveCost: number
  readonly perDeployment: (deployment: number) => number
}

/** The migrations that detours have added so far. */
export class DetourBudget {
  #migrations = 0
  #moveCost = 0
  readonly #perDeployment = new Map<number, number>()

  constructor(
    private readonly budget: HopBudget,
    private readonly log: UndoLog
  ) {}

  get spent(): string {
    return `${this.#migrations} ${this.#moveCost} `
  }

  /** Whether so many more migrations of a mover are within the budget. */
  affords({ deployment, moveCost }: Mover, more: number): boolean {
    const own = (this.#perDeployment.get(deployment) ?? 0) + more
    return (
      this.#migrations + more <= this.budget.migrations &&
      this.#moveCost + more * moveCost <= this.budget.moveCost + 1e-9 &&
      own <= this.budget.perDeployment(deployment)
    )
  }

  spend({ deployment, moveCost }: Mover, more: number): void {
    const count = (change: number) => {
      this.#migrations += change
      this.#moveCost += change * moveCost
      this.#perDeployment.set(deployment, (this.#perDeployment.get(deployment) ?? 0) + change)
    }
    count(more)
    this.log.push(() => count(-more))
  }
}
