/** Whether two types are the same, to the last optional key: what takes the one for the other is not enough. */
export type Same<Left, Right> =
  (<Value>() => Value extends Left ? 1 : 2) extends <Value>() => Value extends Right ? 1 : 2 ? true : false

/** Compiles for `true` only. */
export declare function holds<_Claim extends true>(): void
