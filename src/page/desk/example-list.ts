/** An example to begin with. */
export interface Example {
  readonly name: ExampleName
  readonly title: string
  readonly size: string
  readonly shows: string
}

export type ExampleName =
  | 'quickstart'
  | 'golden-deadlock'
  | 'openb-slice-30'
  | 'openb-slice-120'
  | 'openb-slice-400'
  | 'synthetic-1000'
  | 'fleet-2000'

export const examples: readonly Example[] = [
  { name: 'quickstart', title: 'Quickstart', size: '7 nodes', shows: 'GPUs in shares, rules, a budget' },
  { name: 'golden-deadlock', title: 'Deadlock', size: '3 nodes', shows: 'Only one order of the moves works' },
  { name: 'openb-slice-30', title: 'Production, small', size: '32 nodes', shows: 'A sample of a cluster of Alibaba' },
  { name: 'openb-slice-120', title: 'Production', size: '120 nodes', shows: 'The cluster of the README' },
  { name: 'openb-slice-400', title: 'Production, large', size: '399 nodes', shows: 'Many kinds of nodes and GPUs' },
  { name: 'synthetic-1000', title: 'Synthetic', size: '1,000 nodes', shows: 'Sparse, heavy on GPUs' },
  { name: 'fleet-2000', title: 'Synthetic, large', size: '2,000 nodes', shows: 'Made when you ask for it' }
]
