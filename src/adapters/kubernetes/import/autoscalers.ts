import { type HorizontalAutoscaler, targetOf } from '../objects/horizontal-autoscaler.js'
import { workloadId } from '../objects/identities.js'
import { namespaceOf } from '../objects/metadata.js'
import type { Placed } from './snapshot.js'

/** What a workload is called. */
interface WorkloadName {
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** The HorizontalPodAutoscalers of a snapshot, by what they scale. */
export class Autoscalers {
  readonly #names = new Map<string, string>()

  constructor(autoscalers: readonly Placed<HorizontalAutoscaler>[]) {
    for (const { value } of autoscalers) {
      const target = targetOf(value)
      if (target !== null) this.#names.set(target, `${namespaceOf(value.metadata)}/${value.metadata.name}`)
    }
  }

  /** Namespace and name of what scales a workload; undefined where nothing does. */
  scalerOf({ namespace, kind, name }: WorkloadName): string | undefined {
    return this.#names.get(workloadId(namespace, kind, name))
  }
}
