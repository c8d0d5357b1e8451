import type { MigrationLimits } from '../../models/contract/migration-options.js'
import { Heap } from './heap.js'
import type { StepNode } from './step-graph.js'

type Semaphore = { free: number; readonly parked: Heap<number> }

/**
 * The run-time limits as counting semaphores: starts per node from begin to end of a start; migrations in flight, overall
 * and per deployment, from the start of the new copy to the stop of the old one. Steps that must wait are parked here.
 */
export class Semaphores {
  private readonly nodes = new Map<number, Semaphore>()
  private readonly deployments = new Map<number, Semaphore>()
  private readonly overall: Semaphore

  constructor(
    private readonly limits: MigrationLimits,
    private readonly precedes: (left: number, right: number) => boolean
  ) {
    this.overall = this.create(limits.inFlight)
  }

  private create(limit: number | null): Semaphore {
    return { free: limit ?? Infinity, parked: new Heap(this.precedes) }
  }

  private of(semaphores: Map<number, Semaphore>, key: number, limit: number | null): Semaphore {
    const known = semaphores.get(key)
    if (known !== undefined) return known
    const semaphore = this.create(limit)
    semaphores.set(key, semaphore)
    return semaphore
  }

  private needed(step: StepNode): Semaphore[] {
    if (step.action !== 'start' || step.isWait) return []
    const needed = [this.of(this.nodes, step.node, this.limits.startsPerNode)]
    return step.flight < 0 ? needed : [...needed, ...this.flight(step)]
  }

  private flight(step: StepNode): Semaphore[] {
    return [this.of(this.deployments, step.deployment, this.limits.perDeployment), this.overall]
  }

  /** Takes what a step needs, or parks it at what it lacks. `woken`: steps that may try now in its stead. */
  begin(index: number, step: StepNode): { readonly begins: boolean; readonly woken: number[] } {
    const needed = this.needed(step)
    const lacking = needed.find(({ free }) => free === 0)
    if (lacking === undefined) {
      for (const semaphore of needed) semaphore.free--
      return { begins: true, woken: [] }
    }
    lacking.parked.push(index)
    return { begins: false, woken: wake(needed) }
  }

  /** Gives back what ends with a step. Returns the steps that may try now. */
  finish(step: StepNode): number[] {
    // A copy that was starting already took nothing.
    if (step.isWait) return []
    const back = step.action === 'start' ? [this.of(this.nodes, step.node, this.limits.startsPerNode)] : []
    if (step.action === 'stop' && step.flight >= 0) back.push(...this.flight(step))
    // Nor did one that is ready at once and replaces nobody.
    if (step.action === 'start' && step.seconds === 0 && step.flight < 0) return []
    for (const semaphore of back) semaphore.free++
    return wake(back)
  }
}

function wake(semaphores: readonly Semaphore[]): number[] {
  return semaphores.flatMap(({ free, parked }) => {
    const next = free > 0 ? parked.pop() : undefined
    return next === undefined ? [] : [next]
  })
}
