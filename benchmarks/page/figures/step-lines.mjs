/** A chart of lines that step, each with its name at its end. */
import * as Plot from '@observablehq/plot'
import { OURS } from '../../ours.mjs'
import { draw, WIDTH } from '../drawing.mjs'
import { heightForLabels, labelEnds, marginForLabels } from '../labels.mjs'
import { lookOf } from '../series.mjs'

/** @import { Markish, ScaleOptions } from '@observablehq/plot' */
/** @import { Scene } from '../scene.mjs' */

/** Who, and the points from which it goes on to the right until the next one, with both ends. @typedef {{ name: string, points: [number, number][] }} StepLine */

/**
 * Grey lines below, those with names above them, ours last. The rules and ticks of both scales are marks of the caller's own.
 *
 * @type {(lines: { named: readonly StepLine[], others: readonly StepLine[] }, looks: Scene['looks'], frame: { leastHeight: number, x: ScaleOptions, y: ScaleOptions, rules: readonly Markish[] }) => Element}
 */
export function drawStepLines({ named, others }, looks, { leastHeight, x, y, rules }) {
  const names = named.map(({ name }) => name)
  const height = heightForLabels(names.length, leastHeight)
  const marginRight = marginForLabels(names)
  const ordered = [...named.filter(({ name }) => name !== OURS), ...named.filter(({ name }) => name === OURS)]
  return draw({
    height,
    marginTop: 18,
    marginRight,
    marginLeft: 58,
    marginBottom: 40,
    x,
    y,
    marks: [
      ...rules,
      ...others.map(({ points }) =>
        Plot.line(points, { curve: 'step-after', stroke: 'var(--leader)', strokeWidth: 0.75 })
      ),
      ...ordered.map(({ name, points }) => {
        const { colour, dash, width } = lookOf(looks, name)
        return Plot.line(points, { curve: 'step-after', stroke: colour, strokeDasharray: dash, strokeWidth: width })
      }),
      (_, scales) => {
        const ends = named.map(({ name, points }) => ({ name, y: scales.y?.(points.at(-1)?.[1]) ?? 0 }))
        const place = { x: WIDTH - marginRight, top: 12, bottom: height - 40 }
        return /** @type {SVGElement} */ (labelEnds(ends, looks, place))
      }
    ]
  })
}
