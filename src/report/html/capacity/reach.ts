import { groupBy } from '../../../../models/grouping.js'
import type { ReachAnswer, ReachNodes, ReachScenario } from '../../../capacity/reach/reach.js'
import { scarcestFirst } from '../../capacity/growth-words.js'
import { REACH_MOVES, REACH_NODES, REACH_UNTIL } from '../../capacity/reach-words.js'
import { formatCount } from '../../text/numbers.js'
import type { Section } from '../section.js'
import type { Tile } from '../tiles.js'
import { asSentence, type Facts, factsOf, renderAnswerPage } from './answer-page.js'
import { type Grown, growthFigure, proofOf, widestOf, writeReach } from './growth.js'

/** How far the fleet reaches as a page: until the next node, until nothing fits, and each deployment alone. */
export function renderReachPage(answer: ReachAnswer, madeFrom: Facts = []): string {
  const sets = setsOf(answer)
  const subtitle = sentenceOf(sets)
  return renderAnswerPage(answer, factsOf(answer), madeFrom, {
    ...(subtitle === null ? {} : { subtitle }),
    tiles: sets.flatMap(tileOf),
    sections: sets.length === 0 ? [] : [togetherSection(sets), ...sets.flatMap(aloneSections)]
  })
}

/** All that was found on one set of nodes. */
interface NodeSet {
  readonly nodes: ReachNodes
  readonly nodeCount: number
  readonly all: Grown
  readonly deployments: readonly Grown[]
}

function setsOf({ scenarios }: ReachAnswer): NodeSet[] {
  return [...groupBy(scenarios, ({ nodes }) => nodes)].map(([nodes, some]) => {
    const found = new Map(some.map((scenario) => [scenario.moves, scenario]))
    const [first] = ['repack' as const, 'none' as const].flatMap((moves) => found.get(moves) ?? [])
    return {
      nodes,
      nodeCount: first?.nodeCount ?? 0,
      all: { name: REACH_UNTIL[nodes], growths: Object.fromEntries(some.map(({ moves, all }) => [moves, all])) },
      deployments: scarcestFirst(first?.deployments ?? []).map(({ deployment }) => ({
        name: deployment,
        growths: growthsOf(some, deployment)
      }))
    }
  })
}

function growthsOf(some: readonly ReachScenario[], id: string): Grown['growths'] {
  return Object.fromEntries(
    some.flatMap(({ moves, deployments }) => {
      const growth = deployments.find(({ deployment }) => deployment === id)
      return growth === undefined ? [] : [[moves, growth]]
    })
  )
}

function tileOf({ nodes, all }: NodeSet): Tile[] {
  const widest = widestOf(all)
  if (widest === null) return []
  const still = all.growths.repack?.fits == null ? undefined : all.growths.none
  return [
    {
      label: asSentence(REACH_UNTIL[nodes]),
      value: writeReach(widest),
      detail: `${proofOf(widest)}${still === undefined ? '' : `; ${writeReach(still)} when ${REACH_MOVES.none}`}`
    }
  ]
}

function sentenceOf(sets: readonly NodeSet[]): string | null {
  const fitting = sets.filter(({ all }) => widestOf(all)?.fits != null)
  const set = fitting.find(({ nodes }) => nodes === 'listed') ?? fitting.at(-1) ?? sets.at(-1)
  const widest = set === undefined ? null : widestOf(set.all)
  if (set === undefined || widest === null) return null
  const where = `${REACH_NODES[set.nodes]}, ${formatCount(set.nodeCount, 'node')}`
  if (widest.fits === null) return `Not even what is wanted now was found a place on ${where}.`
  const when = REACH_MOVES[set.all.growths.repack === undefined ? 'none' : 'repack']
  return `On ${where}, all deployments together can grow to ${writeReach(widest)} of today when ${when}.`
}

function togetherSection(sets: readonly NodeSet[]): Section {
  return {
    heading: 'All deployments together',
    blocks: [
      growthFigure(
        'Replicas more, when everything grows by one factor',
        sets.map(({ all }) => all),
        'What fits has a placement that was checked. What is not decided has neither a placement nor a proof that there is none; beyond it, it is proven impossible.'
      )
    ]
  }
}

function aloneSections({ nodes, nodeCount, deployments }: NodeSet): Section[] {
  if (deployments.every((one) => widestOf(one)?.fits == null)) return []
  return [
    {
      heading: `One deployment alone, ${REACH_UNTIL[nodes]}`,
      blocks: [
        growthFigure(
          `Replicas more on ${REACH_NODES[nodes]}`,
          deployments,
          `${formatCount(nodeCount, 'node')}; the other deployments stay as they are. Those that reach least far come first.`
        )
      ]
    }
  ]
}
