/** One picture of the page as a file by itself, for pages that show images: with its colours, light and dark. */
import { writePicture } from './drawing.mjs'
import { savingsByLoad } from './figures/savings-by-load.mjs'
import { setScene } from './scene.mjs'
import { colours } from './styles.mjs'

/** @import { BenchReport } from '../bench/record.mjs' */

const STYLE = `${colours}
svg { background: var(--page); color: var(--ink); fill: currentColor; text-anchor: middle; font-family: system-ui, sans-serif; font-variant-numeric: tabular-nums; }
svg text { white-space: pre; }`

/** What everybody saves, load by load: a picture, and what it shows. @typedef {{ picture: string, sentences: readonly string[] }} LonePicture */

/** null where savings were not measured. @type {(report: BenchReport) => LonePicture | null} */
export function renderSavings(report) {
  const figure = savingsByLoad(setScene(report))
  if (figure === null) return null
  const { id, title, axes, finding, picture } = figure
  const drawn = writePicture(picture, { id, title, description: [axes, ...finding].join(' ') })
    .replace(/^<svg /, '<svg xmlns="http://www.w3.org/2000/svg" ')
    .replace('</title>', `</title><style>${STYLE}</style>`)
  return { picture: `${drawn}\n`, sentences: finding }
}
