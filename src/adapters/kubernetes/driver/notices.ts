/** A call that has to wait, and for what. */
export interface WaitNotice {
  /** As in the journal. */
  readonly call: string
  /** For people: a whole clause without a full stop. */
  readonly reason: string
}

/** A pod more than wanted that a plan has left, and what became of it. */
export interface TidiedSurge {
  /** Id of the deployment, without a revision. */
  readonly deployment: string
  readonly plan: string
  readonly replica: string
  readonly node: string
  /**
   * `taken-back`: the new pod went, the old one serves. `settled`: the old pod was gone, the new one stays. `left`: somebody else has
   * scaled since, and how many pods there are is no plan's matter any more.
   */
  readonly outcome: 'taken-back' | 'settled' | 'left'
}
