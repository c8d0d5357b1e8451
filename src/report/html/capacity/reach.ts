import { groupBy } from '../../../../models/grouping.js'
import type { ReachAnswer, ReachNodes, ReachScenario } from '../../../capacity/reach/reach.js'
import { scarcestFirst } from '../../capacity/growth-words.js'
import { REACH_MOVES, REACH_NODES } from '../../capacity/reach-words.js'
import { formatCount } from '../../text/numbers.js'
import type { Section } from '../section.js'
import type { Tile } from '../tiles.js'
import { asSentence, type Facts, factsOf, renderAnswerPage } from './answer-page.js'
import { growthFigure, proofOf, writeReach } from './growth.js'

/** How far the fleet reaches as a page: until the next node, until nothing fits, and each deployment alone. */
export function renderReachPage(answer: ReachAnswer, madeFrom: Facts = []): string {
  const { scenarios } = answer
  const subtitle = sentenceOf(scenarios)
  return renderAnswerPage(answer, factsOf(answer), madeFrom, {
    ...(subtitle === null ? {} : { subtitle }),
    tiles: scenarios.filter(isWidest).map(tileOf),
    sections: scenarios.length === 0 ? [] : [togetherSection(scenarios), ...aloneSections(scenarios)]
  })
}

/** Of two assumptions about moves the one that lets everything move, where it was asked for. */
function isWidest({ moves, nodes }: ReachScenario, _: number, scenarios: readonly ReachScenario[]): boolean {
  return moves === 'repack' || !scenarios.some((other) => other.nodes === nodes && other.moves === 'repack')
}

const UNTIL: Readonly<Record<ReachNodes, string>> = {
  plan: 'Until the next node',
  listed: 'Until nothing fits',
  purchasable: 'With what may be bought'
}

function tileOf({ nodes, moves, all }: ReachScenario): Tile {
  return { label: UNTIL[nodes], value: writeReach(all), detail: `${proofOf(all)}; ${REACH_MOVES[moves]}` }
}

function sentenceOf(scenarios: readonly ReachScenario[]): string | null {
  const first = scenarios.find(({ nodes, moves }) => nodes === 'listed' && moves === 'repack') ?? scenarios[0]
  if (first === undefined) return null
  const { all, nodes, nodeCount, moves } = first
  if (all.fits === null) return `Not even what is wanted now was found a place on ${REACH_NODES[nodes]}.`
  return `On ${REACH_NODES[nodes]}, ${formatCount(nodeCount, 'node')}, all deployments together can grow to ${writeReach(all)} of today when ${REACH_MOVES[moves]}.`
}

function togetherSection(scenarios: readonly ReachScenario[]): Section {
  const named = scenarios.map(({ nodes, moves, all }) => ({
    name: `${UNTIL[nodes].toLowerCase()}, ${REACH_MOVES[moves]}`,
    growth: all
  }))
  return {
    heading: 'All deployments together',
    blocks: [
      growthFigure(
        'Replicas more, when everything grows by one factor',
        named,
        'What fits has a placement that was checked. What is not decided has neither a placement nor a proof that there is none; beyond it, it is proven impossible.'
      )
    ]
  }
}

function aloneSections(scenarios: readonly ReachScenario[]): Section[] {
  const byNodes = groupBy(
    scenarios.filter(({ deployments }) => deployments.length > 0),
    ({ nodes }) => nodes
  )
  return [...byNodes].map(([nodes, some]) => ({
    heading: `One deployment alone, on ${REACH_NODES[nodes]}`,
    blocks: some.map(({ moves, nodeCount, deployments }) =>
      growthFigure(
        asSentence(REACH_MOVES[moves]),
        scarcestFirst(deployments).map(({ deployment, ...growth }) => ({ name: deployment, growth })),
        `${formatCount(nodeCount, 'node')}; the other deployments stay as they are. Those that reach least far come first.`
      )
    )
  }))
}
