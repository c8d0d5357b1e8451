import { describeValue } from '../../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../../models/contract/input-issues.js'
import { InputError } from '../../../../models/contract/parse.js'
import type { ProblemInput } from '../../../../models/contract/problem.js'
import type { Unchecked } from '../../../../models/contract/unchecked.js'
import type { Clock } from '../../../execution/clock.js'
import { systemClock } from '../../../execution/system-clock.js'
import { TEXTS } from '../../import-options.js'
import type { ClusterConfig } from './cluster-config.js'
import type { WaitNotice } from './notices.js'
import { DEFAULT_OWNER } from './state/cordon-mark.js'

/** How a cluster is driven. Only `problem` must be there. */
export interface KubernetesDriverOptions {
  /** The Problem that the plan was made for, as the importer gives it: ids of replicas, deployments and nodes are those of the cluster. */
  readonly problem: Unchecked<ProblemInput>
  /** Which cluster, and as whom: a `KubeConfig` of `@kubernetes/client-node`. Default: as kubectl does, by `KUBECONFIG`, `~/.kube/config` or the service account of the pod. */
  readonly kubeConfig?: ClusterConfig
  /**
   * Kinds of custom controllers, such as `Rollout`, whose pods may be evicted because they are made anew at once: those of the importer's
   * option. None by default; plans that move others are refused.
   */
  readonly movableControllers?: readonly string[]
  /** Stands on the nodes that are closed; who bears another name does not open them. Default `replica-compactor`. */
  readonly owner?: string
  /**
   * Gives an empty node back; resolves when nothing is billed any more. Default: the node is left closed and marked with
   * `replica-compactor/released`, for an autoscaler to remove.
   */
  readonly release?: (node: string, signal: AbortSignal) => Promise<void>
  /** Gets a node of a type; resolves to what the cluster calls it, or to nothing where that is what the plan calls it. Default: plans that buy are refused. */
  readonly provision?: (node: string, type: string | undefined, signal: AbortSignal) => Promise<string | undefined>
  /** Told again and again while a call waits, and for what. What it throws fails the call. */
  readonly onWait?: (notice: WaitNotice) => void
  /** Milliseconds between two looks at what is waited for. Default 1000. */
  readonly pollMs?: number
  /** Milliseconds until an eviction that a budget refused is asked for again, where the server does not say. Default 5000. */
  readonly evictionRetryMs?: number
  /** Milliseconds until a request without an answer has failed. Default 30,000. */
  readonly requestTimeoutMs?: number
  /** A node is lost when its kubelet was not heard of for so many milliseconds, counted from when the cluster noticed. Default 60,000. */
  readonly nodeLostAfterMs?: number
  /** Default: the machine's. */
  readonly clock?: Clock
}

/** What the verbs of a driver keep to. */
export interface DriverSettings {
  /** Who closes nodes. */
  readonly owner: string
  readonly pollMs: number
  readonly evictionRetryMs: number
  readonly nodeLostAfterMs: number
  readonly onWait: (notice: WaitNotice) => void
  readonly release: ((node: string, signal: AbortSignal) => Promise<void>) | undefined
  readonly provision:
    | ((node: string, type: string | undefined, signal: AbortSignal) => Promise<string | undefined>)
    | undefined
}

export interface ResolvedDriverOptions extends DriverSettings {
  readonly movableControllers: readonly string[]
  readonly kubeConfig: ClusterConfig | undefined
  readonly requestTimeoutMs: number
  readonly clock: Clock
}

const KNOWN = Object.keys({
  problem: true,
  kubeConfig: true,
  movableControllers: true,
  owner: true,
  release: true,
  provision: true,
  onWait: true,
  pollMs: true,
  evictionRetryMs: true,
  requestTimeoutMs: true,
  nodeLostAfterMs: true,
  clock: true
} satisfies Record<keyof KubernetesDriverOptions, true>)

/** Fills in the defaults. Throws InputError with every option that is unknown or out of range. */
export function resolveDriverOptions(options: KubernetesDriverOptions): ResolvedDriverOptions {
  if (typeof options !== 'object' || options === null) {
    throw new InputError('options', [{ path: '', found: describeValue(options), expected: 'options with a problem' }])
  }
  const issues: InputIssue[] = Object.keys(options)
    .filter((name) => !KNOWN.includes(name))
    .map((name) => ({ path: name, found: 'an unknown option', expected: `one of ${KNOWN.join(', ')}` }))
  const expect = (path: keyof KubernetesDriverOptions, holds: (value: unknown) => boolean, expected: string) => {
    const value: unknown = options[path]
    if (value !== undefined && !holds(value)) issues.push({ path, found: describeValue(value), expected })
  }
  const isTime = (value: unknown) => typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY
  for (const name of ['pollMs', 'evictionRetryMs', 'requestTimeoutMs', 'nodeLostAfterMs'] as const) {
    expect(name, isTime, 'a finite number of milliseconds above 0')
  }
  for (const name of ['release', 'provision', 'onWait'] as const) {
    expect(name, (value) => typeof value === 'function', 'a function')
  }
  expect('movableControllers', TEXTS.holds, TEXTS.expected)
  expect('owner', (value) => typeof value === 'string' && value !== '', 'a text')
  expect('kubeConfig', hasMethods('getCurrentCluster', 'applySecurityAuthentication'), 'a KubeConfig')
  expect('clock', hasMethods('now', 'sleep'), 'a Clock { now, sleep }')
  if (issues.length > 0) throw new InputError('options', issues)
  return {
    kubeConfig: options.kubeConfig,
    movableControllers: options.movableControllers ?? [],
    owner: options.owner ?? DEFAULT_OWNER,
    release: options.release,
    provision: options.provision,
    onWait: options.onWait ?? (() => {}),
    pollMs: options.pollMs ?? 1000,
    evictionRetryMs: options.evictionRetryMs ?? 5000,
    requestTimeoutMs: options.requestTimeoutMs ?? 30_000,
    nodeLostAfterMs: options.nodeLostAfterMs ?? 60_000,
    clock: options.clock ?? systemClock
  }
}

function hasMethods(...names: readonly string[]): (value: unknown) => boolean {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
}
