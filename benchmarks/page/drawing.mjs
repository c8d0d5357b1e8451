/** Charts by Observable Plot, without a browser, and put together into one picture. */
import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'

/** @import { PlotOptions } from '@observablehq/plot' */

/** All pictures are this wide, in units of about a pixel. */
export const WIDTH = 760
export const FONT_SIZE = 13

const SVG = 'http://www.w3.org/2000/svg'

const { document } = parseHTML('<html><body></body></html>')

/** @typedef {Record<string, string | number>} Attributes */

/** @type {(name: string, attributes: Attributes, ...children: (Element | string)[]) => Element} */
export function element(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value))
  made.append(...children)
  return made
}

/** A chart, as an element of a picture. @type {(options: PlotOptions) => Element} */
export function draw(options) {
  const chart = Plot.plot({ width: WIDTH, style: { fontSize: `${FONT_SIZE}px` }, ...options, document })
  // The page's own style sheet says all of this once.
  for (const style of [...chart.querySelectorAll('style')]) style.remove()
  chart.removeAttribute('class')
  chart.removeAttribute('font-family')
  // A picture is one to whoever hears it: its parts have no names of their own.
  for (const part of [...chart.querySelectorAll('[aria-label], [aria-hidden]')]) {
    part.removeAttribute('aria-label')
    part.removeAttribute('aria-hidden')
  }
  return chart
}

/** A chart and where it stands. @typedef {{ chart: Element, x: number, y: number }} Placed */

/** Charts and words in one picture. @typedef {{ height: number, parts: Element[] }} Picture */

/** Charts below one another, or side by side in so many columns. @type {(charts: readonly Element[], columns?: number) => Picture} */
export function arrange(charts, columns = 1) {
  const parts = []
  let top = 0
  for (let first = 0; first < charts.length; first += columns) {
    const row = charts.slice(first, first + columns)
    for (const [column, chart] of row.entries()) {
      chart.setAttribute('x', String((column * WIDTH) / columns))
      chart.setAttribute('y', String(top))
      parts.push(chart)
    }
    top += Math.max(...row.map((chart) => Number(chart.getAttribute('height'))))
  }
  return { height: top, parts }
}

/**
 * The picture as markup, with its name and with what it shows for those who do not see it.
 *
 * @type {(picture: Picture, words: { id: string, title: string, description: string }) => string}
 */
export function writePicture({ height, parts }, { id, title, description }) {
  const picture = element(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${Math.ceil(height)}`,
      preserveAspectRatio: 'xMinYMin',
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
      'font-size': FONT_SIZE
    },
    element('title', { id: `${id}-title` }, title),
    element('desc', { id: `${id}-description` }, description),
    ...parts
  )
  return roundNumbers(picture.outerHTML)
}

/** A hundredth of a pixel is finer than anybody sees. @type {(text: string) => string} */
function roundNumbers(text) {
  return text.replace(/ (?:d|transform|x|y|x1|x2|y1|y2|cx|cy|width|height|r)="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d+\.\d{2,}(?:e-?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100))
  )
}
