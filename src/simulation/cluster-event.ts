import type { DeviceIndices } from '../../models/contract/quantities.js'
import type { HaltReason } from '../execution/journal.js'

interface CopyEvent {
  readonly replica: string
  readonly node: string
}

/** What happened: to the cluster by a call of the executor (`by`: the call's id) or by itself, and to the executor. */
export type Happening =
  | (CopyEvent & {
      readonly kind: 'copy-started'
      readonly deployment: string
      readonly devices?: DeviceIndices
      readonly by: string
    })
  | (CopyEvent & { readonly kind: 'copy-ready' })
  /** It crashed before it was ready. It goes on holding what it holds, and may be ready later. */
  | (CopyEvent & { readonly kind: 'copy-failed' })
  | {
      readonly kind: 'traffic-shifted'
      readonly replica: string
      readonly from: string
      readonly to: string
      readonly by: string
    }
  | (CopyEvent & { readonly kind: 'drain-began'; readonly by: string })
  | (CopyEvent & { readonly kind: 'drain-ended' })
  | (CopyEvent & { readonly kind: 'copy-removed'; readonly by: string })
  /** `by` left out: by the owner of the node. */
  | { readonly kind: 'node-cordoned'; readonly node: string; readonly by?: string }
  | { readonly kind: 'node-uncordoned'; readonly node: string; readonly by: string }
  | { readonly kind: 'node-provisioned'; readonly node: string; readonly by: string }
  | { readonly kind: 'node-released'; readonly node: string; readonly by: string }
  /** With every copy on it, of these replicas. */
  | { readonly kind: 'node-died'; readonly node: string; readonly replicas: readonly string[] }
  /** The executor has written down that a node died: from here on it knows. */
  | { readonly kind: 'death-noted'; readonly node: string }
  /** Something that is no part of the Problem takes room on the node, and gives it back. */
  | {
      readonly kind: 'foreign-arrived' | 'foreign-left'
      readonly node: string
      readonly amounts: Readonly<Record<string, number>>
    }
  /** The cluster did not do what it was asked for. */
  | {
      readonly kind: 'call-failed'
      readonly verb: string
      readonly replica?: string
      readonly node: string
      readonly fault: string
      readonly message: string
      readonly by: string
    }
  /** The executor waits no longer for an answer. */
  | {
      readonly kind: 'call-abandoned'
      readonly verb: string
      readonly replica?: string
      readonly node: string
      readonly by: string
    }
  /** The executor sees, before it starts a copy, that the cluster is not what the plan was made for. */
  | { readonly kind: 'change-observed'; readonly step: string; readonly message: string }
  /** From here on the executor begins no migration. */
  | { readonly kind: 'executor-halted'; readonly reason: HaltReason; readonly message: string }
  | { readonly kind: 'executor-crashed' | 'executor-resumed' }

/** A happening and when it was: seconds from the beginning of the simulation. */
export type ClusterEvent = Happening & { readonly atSeconds: number }
