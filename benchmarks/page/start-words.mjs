/** Where the savings are measured: what of it is real, and what is simulated. */
import { saversBeside } from './company.mjs'
import { paragraph } from './prose.mjs'

/** @import { Content } from '../../dist/src/report/markup.js' */
/** @import { Scene } from './scene.mjs' */

/** As part of a sentence. */
export const START = 'the nodes and replicas of a real cluster, from a start that is simulated'

/** In whole. */
export const START_SENTENCE =
  'The cluster is real, its nodes and the sizes of what runs on them; where replicas start is simulated: spread, as a least-allocated ' +
  'scheduler does, then thinned or filled at random to each load. That is a kind start for whoever compacts: what was packed well before ' +
  'leaves less to save.'

/** Empty where savings were not measured. @type {(scene: Scene) => Content} */
export function renderStart({ savings }) {
  if (savings.length === 0) return null
  const beside = saversBeside(savings)
  return paragraph(`${START_SENTENCE}${beside === '' ? '' : ` Who took part beside this engine: ${beside}.`}`)
}
