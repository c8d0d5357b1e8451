import { Markup, markup } from '../markup.js'
import { chartStyles, colours } from '../svg/palette.js'
import { drawDownload } from './download.js'
import { pageStyles } from './page-styles.js'
import { renderSection, type Section } from './section.js'
import { columnStyles } from './table.js'
import { renderTiles, type Tile } from './tiles.js'

/** A report: one page that is a file by itself. */
export interface Page {
  readonly title: string
  /** What it comes to, in a sentence or two. */
  readonly subtitle?: string
  /** The few figures that matter, in large letters. */
  readonly tiles?: readonly Tile[]
  readonly sections: readonly Section[]
  /** What the page was made from: names and values, such as a file, a fingerprint, a version, a seed. */
  readonly generatedFrom?: readonly (readonly [name: string, value: string])[]
  /** How blocks that are markup look; = nothing beyond what every page has. */
  readonly styles?: string
  /** Any JSON, to be downloaded from the page under this name. */
  readonly data?: { readonly name: string; readonly value: unknown }
}

/**
 * One HTML file that loads nothing and runs nothing, for screens from 320 pixels on and for paper, light and dark. All text is escaped.
 */
export function renderPage({
  title,
  subtitle,
  tiles = [],
  sections,
  generatedFrom = [],
  styles = '',
  data
}: Page): string {
  const named = sections.map((section, index) => ({ section, id: `section-${index + 1}` }))
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
${subtitle !== undefined && markup`<meta name="description" content="${subtitle}">\n`}<title>${title}</title>
<style>${new Markup([colours, chartStyles, pageStyles, columnStyles(sections), styles].join('\n'))}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<h1>${title}</h1>
${subtitle !== undefined && markup`<p class="lead">${subtitle}</p>\n`}${renderTiles(tiles)}
${named.length > 2 && markup`<nav aria-label="Contents"><ul>${named.map(({ section, id }) => markup`<li><a href="#${id}">${section.heading}</a></li>`)}</ul></nav>`}
</header>
<main id="content">
${named.map(({ section, id }) => renderSection(section, id))}</main>
<footer>
${generatedFrom.length > 0 && markup`<h2>Made from</h2><dl class="facts">${generatedFrom.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>\n`}${data !== undefined && drawDownload(data)}
</footer>
</body>
</html>
`.text
}
