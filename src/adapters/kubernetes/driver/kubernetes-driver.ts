import { parseProblem } from '../../../../models/contract/parse.js'
import type { Call, Driver, Observation, StepOf } from '../../../execution/driver.js'
import { toStepError } from './api/api-fault.js'
import { ClusterApi } from './api/cluster-api.js'
import { Connection } from './api/connection.js'
import type { DriverContext } from './context.js'
import type { TidiedSurge } from './notices.js'
import { type KubernetesDriverOptions, resolveDriverOptions } from './options.js'
import { Fleet } from './state/fleet.js'
import { Locks } from './state/locks.js'
import { NodeNames } from './state/node-names.js'
import { cordon, uncordon } from './steps/cordon.js'
import { depart } from './steps/departure.js'
import { observe } from './steps/observe.js'
import { ready, shift } from './steps/ready.js'
import { provision, release } from './steps/release.js'
import { start } from './steps/start.js'
import { tidy } from './steps/tidy.js'

/** What `kubernetesDriver` makes. */
export interface KubernetesDriver extends Driver {
  /**
   * Brings every workload of the Problem back to as many pods as its owner wants: where an execution was never ended, or a node was lost in
   * the middle of a move, one is left that was to be there for a while only. Call it when no plan is being carried out, after every execution
   * that has not `completed`, and before the cluster is read again. Resolves to what was found.
   */
  tidy(signal?: AbortSignal): Promise<TidiedSurge[]>
}

/**
 * Carries plans out on a Kubernetes cluster, by its API. What was done is kept on the objects themselves, as annotations: a driver that
 * comes after a crash knows as much.
 *
 * | verb | of a Deployment, ReplicaSet or ReplicationController that nobody scales | of a StatefulSet or a kind of `movableControllers`, or where pods go first |
 * |---|---|---|
 * | `cordon`, `uncordon` | `spec.unschedulable`, with a mark; only what bears our mark is opened | the same |
 * | `start` | one replica more; the new pod has its node | the controller's new pod has its node |
 * | `ready` | the pod is Ready, for `minReadySeconds` | the same |
 * | `shift` | looks whether the new pod is Ready: endpoints follow readiness | – |
 * | `drain` | one replica less, so that the old pod goes, when its budget allows it; the pod has ended | eviction, again while a budget refuses it; the pod has ended |
 * | `stop` | the pod has ended | the same |
 * | `release` | refused while pods are there; `release`, or left closed and marked | the same |
 * | `provision` | `provision`; the node is Ready | the same |
 *
 * Where the scheduler puts a pod elsewhere it is taken back, and the step fails with `changed`. Needs `@kubernetes/client-node`; where that or a
 * cluster is missing, every call rejects with KubernetesUnavailableError, which no execution tries again. Throws
 * InputError for options or a Problem that are not what they should be. docs/kubernetes.md says what it may have to do and needs.
 */
export function kubernetesDriver(options: KubernetesDriverOptions): KubernetesDriver {
  const { kubeConfig, movableControllers, requestTimeoutMs, clock, ...settings } = resolveDriverOptions(options)
  const fleet = new Fleet(parseProblem(options.problem), movableControllers)
  const api = new ClusterApi(new Connection(kubeConfig, requestTimeoutMs))
  return new ApiDriver({ api, fleet, nodes: new NodeNames(api, fleet), locks: new Locks(), clock, settings })
}

class ApiDriver implements KubernetesDriver {
  readonly #context: DriverContext

  constructor(context: DriverContext) {
    this.#context = context
  }

  cordon(step: StepOf<'cordon'>, call: Call): Promise<void> {
    return inWordsOfSteps(cordon(this.#context, step, call))
  }

  uncordon(step: StepOf<'uncordon'>, call: Call): Promise<void> {
    return inWordsOfSteps(uncordon(this.#context, step, call))
  }

  provision(step: StepOf<'provision'>, call: Call): Promise<void> {
    return inWordsOfSteps(provision(this.#context, step, call))
  }

  start(step: StepOf<'start'>, call: Call): Promise<void> {
    return inWordsOfSteps(start(this.#context, step, call))
  }

  ready(step: StepOf<'start'>, call: Call): Promise<void> {
    return inWordsOfSteps(ready(this.#context, step, call))
  }

  shift(step: StepOf<'shift'>, call: Call): Promise<void> {
    return inWordsOfSteps(shift(this.#context, step, call))
  }

  drain(step: StepOf<'drain'>, call: Call): Promise<void> {
    return inWordsOfSteps(depart(this.#context, step, call))
  }

  stop(step: StepOf<'stop'>, call: Call): Promise<void> {
    return inWordsOfSteps(depart(this.#context, step, call))
  }

  release(step: StepOf<'release'>, call: Call): Promise<void> {
    return inWordsOfSteps(release(this.#context, step, call))
  }

  observe(step: StepOf<'start'>, call: Call): Promise<Observation> {
    return inWordsOfSteps(observe(this.#context, step, call))
  }

  tidy(signal: AbortSignal = new AbortController().signal): Promise<TidiedSurge[]> {
    return inWordsOfSteps(tidy(this.#context, signal))
  }
}

async function inWordsOfSteps<Value>(answer: Promise<Value>): Promise<Value> {
  try {
    return await answer
  } catch (error) {
    throw toStepError(error)
  }
}
