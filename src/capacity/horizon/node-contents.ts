/** Nodes of one kind, in the base or beyond it, that host the same. */
export interface Hosting {
  readonly kind: number
  readonly ofBase: boolean
  /** [deployment]: copies on each of them. */
  readonly counts: Int32Array
  readonly nodes: number
}

/** What tells hosting nodes apart. */
export function keyOfHosting({ kind, ofBase, counts }: Omit<Hosting, 'nodes'>): string {
  return `${kind}${ofBase ? 'b' : 'h'}${counts.join()}`
}
