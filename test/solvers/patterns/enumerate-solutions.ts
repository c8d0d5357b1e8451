import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { isHeld, type KindLimits } from '../../../src/solvers/patterns/lagrangian-bound.js'
import { costOf, linkOf, type Pattern } from '../../../src/solvers/patterns/pattern.js'
import { enumerateContents } from './enumerate-contents.js'

/** Contents of single nodes that supply everything wanted within every limit. */
export interface WholeSolution {
  readonly cost: number
  readonly patterns: readonly Pattern[]
  /** Active nodes of each kind. */
  readonly active: Int32Array
}

/** The nodes of one group, or those of a kind of which nothing stays. */
interface NodeClass {
  readonly kind: number
  readonly nodes: number
  readonly isHeld: boolean
  readonly contents: readonly Pattern[]
}

function classesOf(problem: PatternProblem): NodeClass[] {
  const { groupKind, groupNodes, available, kinds } = problem
  const others = available.slice()
  const groups = [...groupKind.entries()].map(([group, kind]): NodeClass => {
    const nodes = groupNodes[group] as number
    others[kind] = (others[kind] as number) - nodes
    return { kind, nodes, isHeld: isHeld(problem, group), contents: enumerateContents(problem, kind, group) }
  })
  const plain = Array.from({ length: kinds }, (_, kind): NodeClass => {
    const contents = enumerateContents(problem, kind, -1)
    return { kind, nodes: others[kind] as number, isHeld: false, contents }
  })
  return [...groups, ...plain]
}

/** Shows every solution of a tiny pattern problem, by trying all contents of all nodes. */
export function visitSolutions(problem: PatternProblem, visit: (solution: WholeSolution) => void): void {
  const classes = classesOf(problem)
  const chosen: Pattern[] = []
  const active = new Int32Array(problem.kinds)
  const fill = (index: number, node: number, from: number): void => {
    const of = classes[index]
    if (of === undefined) {
      judge()
      return
    }
    // The nodes of a class are alike: the active ones come first, and their contents in order.
    if (!of.isHeld || node === of.nodes) fill(index + 1, 0, 0)
    if (node === of.nodes) return
    active[of.kind] = (active[of.kind] as number) + 1
    for (let choice = from; choice < of.contents.length; choice++) {
      chosen.push(of.contents[choice] as Pattern)
      fill(index, node + 1, choice)
      chosen.pop()
    }
    active[of.kind] = (active[of.kind] as number) - 1
  }
  const judge = (): void => {
    const sum = (of: (pattern: Pattern) => number) => chosen.reduce((total, pattern) => total + of(pattern), 0)
    if (problem.wanted.some((copies, item) => sum(({ counts }) => counts[item] as number) < copies)) return
    if (problem.linkLeast.some((least, row) => sum((pattern) => linkOf(problem, row, pattern)) < least)) return
    const cost = problem.fixedCost + sum((pattern) => costOf(problem, pattern))
    visit({ cost, patterns: chosen.slice(), active: active.slice() })
  }
  fill(0, 0, 0)
}

/** Whether so many active nodes are within limits. */
export function isWithin({ least, most }: KindLimits, active: Int32Array): boolean {
  return active.every((nodes, kind) => nodes >= (least[kind] as number) && nodes <= (most[kind] as number))
}
