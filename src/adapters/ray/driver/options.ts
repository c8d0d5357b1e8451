import { describeValue } from '../../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../../models/contract/input-issues.js'
import { InputError } from '../../../../models/contract/parse.js'
import type { Problem } from '../../../../models/contract/problem.js'
import type { Result } from '../../../../models/contract/result.js'
import type { Clock } from '../../../execution/clock.js'
import { systemClock } from '../../../execution/system-clock.js'
import type { Fetch } from './dashboard.js'
import { type DrainNode, drainByCommand } from './drain-command.js'

/** A node as Ray knows it. */
export interface EmptyNode {
  /** Its id in the Problem. */
  readonly id: string
  /** Hexadecimal. */
  readonly nodeId: string
  readonly ip: string
}

/** Which cluster is acted on, and how. */
export interface RayDriverOptions {
  /** URL of the dashboard: `http://head:8265`. */
  readonly dashboard: string
  /** Address of the cluster for `ray drain-node`: `head:6379`. */
  readonly address: string
  /** The Problem, as `importRay` made it. */
  readonly problem: Problem
  /** The Result of it, of which the plan counts. */
  readonly result: Pick<Result, 'plan'>
  /** Path of Ray's command, of a version like that of the cluster. Default `ray`. */
  readonly ray?: string
  /** Asks for drains in another way than by the command. */
  readonly drainNode?: DrainNode
  /** Seconds that a drain is given; Ray kills nothing before the node is idle, but Serve stops what is not replaced by then. Default: no limit. */
  readonly drainDeadlineSeconds?: number
  /**
   * Gives the machine of an empty node back; resolves when nothing is billed any more. It is called when Ray has accepted that the node is
   * idle. Default: it waits until Ray calls the node dead; its autoscaler ends the machine.
   */
  readonly releaseNode?: (node: EmptyNode, signal: AbortSignal) => Promise<void>
  /** Milliseconds between two looks at the dashboard. Default 2000. */
  readonly pollMs?: number
  /** Milliseconds that one answer of the dashboard may take. Default 10,000. */
  readonly requestTimeoutMs?: number
  /** Answers that may fail one after the other before the step has. Default 5. */
  readonly mostFailedReads?: number
  /** Milliseconds that Serve may take to find a node for a replacement, to see a drain, or to be healthy. Default 45,000. */
  readonly patienceMs?: number
  /** Default: that of the platform. */
  readonly fetch?: Fetch
  /** Default: the machine's. */
  readonly clock?: Clock
}

export interface ResolvedDriverOptions {
  readonly dashboard: string
  readonly drainNode: DrainNode
  readonly drainDeadlineSeconds: number | undefined
  readonly releaseNode: RayDriverOptions['releaseNode']
  readonly pollMs: number
  readonly requestTimeoutMs: number
  readonly mostFailedReads: number
  readonly patienceMs: number
  readonly fetch: Fetch
  readonly clock: Clock
}

/** Fills in the defaults. Throws InputError with every option that is not what it should be. */
export function resolveDriverOptions(options: RayDriverOptions): ResolvedDriverOptions {
  if (typeof options !== 'object' || options === null) {
    throw new InputError('options', [{ path: '', found: describeValue(options), expected: 'options' }])
  }
  const issues: InputIssue[] = []
  const { dashboard, address, ray = 'ray', drainDeadlineSeconds } = options
  for (const [path, value, list] of [
    ['problem', options.problem, options.problem?.nodes],
    ['result', options.result, options.result?.plan?.steps]
  ] as const) {
    if (Array.isArray(list)) continue
    issues.push({
      path,
      found: describeValue(value),
      expected: `the ${path === 'problem' ? 'Problem' : 'Result of it'}`
    })
  }
  if (typeof dashboard !== 'string' || !/^https?:\/\/[^/]/.test(dashboard)) {
    issues.push({ path: 'dashboard', found: describeValue(dashboard), expected: 'a URL such as http://head:8265' })
  }
  if (options.drainNode === undefined && (typeof address !== 'string' || address === '')) {
    issues.push({ path: 'address', found: describeValue(address), expected: 'an address such as head:6379' })
  }
  const amount = (name: 'pollMs' | 'requestTimeoutMs' | 'mostFailedReads' | 'patienceMs', byDefault: number) => {
    const value = options[name] ?? byDefault
    if (!(Number.isFinite(value) && value >= 0)) {
      issues.push({ path: name, found: describeValue(value), expected: 'a finite number of at least 0' })
    }
    return value
  }
  if (drainDeadlineSeconds !== undefined && !(Number.isSafeInteger(drainDeadlineSeconds) && drainDeadlineSeconds > 0)) {
    const expected = 'a whole number above 0'
    issues.push({ path: 'drainDeadlineSeconds', found: describeValue(drainDeadlineSeconds), expected })
  }
  const resolved = {
    dashboard: String(dashboard).replace(/\/+$/, ''),
    drainNode: options.drainNode ?? drainByCommand(ray, address),
    drainDeadlineSeconds,
    releaseNode: options.releaseNode,
    pollMs: amount('pollMs', 2000),
    requestTimeoutMs: amount('requestTimeoutMs', 10_000),
    mostFailedReads: amount('mostFailedReads', 5),
    patienceMs: amount('patienceMs', 45_000),
    fetch: options.fetch ?? ((url: string, init: { readonly signal: AbortSignal }) => fetch(url, init)),
    clock: options.clock ?? systemClock
  }
  if (issues.length > 0) throw new InputError('options', issues)
  return resolved
}
