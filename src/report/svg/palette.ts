import { type Markup, markup } from '../markup.js'

/**
 * Colours that colour-blind people tell apart, after Okabe and Ito (2008), darker or lighter so that each has a contrast of at least
 * 3 to the page. Nothing is told by colour alone: lines have dashes, areas have patterns, and all have names.
 */
const light = `color-scheme: light;
  --page: #ffffff; --ink: #1b1d22; --muted: #5c6270; --rule: #e4e6eb; --leader: #a3a9b6; --panel: #f5f6f8; --link: #00609c;
  --series-1: #0068a8; --series-2: #c94f06; --series-3: #00805c; --series-4: #a3478a; --series-5: #9a6a00; --series-6: #2787bd;
  --series-7: #6b7280; --series-8: #7a4a1f;`

const dark = `color-scheme: dark;
  --page: #14161a; --ink: #e8eaee; --muted: #a4abb8; --rule: #2c3038; --leader: #666e7d; --panel: #1d2026; --link: #7cc0f5;
  --series-1: #56a8e8; --series-2: #ff8b4a; --series-3: #2fc49a; --series-4: #e29ac6; --series-5: #f0b429; --series-6: #8ccbf0;
  --series-7: #a3abb8; --series-8: #cba37a;`

const COLOURS = 8

/** The colours of a page or of a picture by itself, as its reader prefers them; on paper light. */
export const colours = `:root {
  ${light}
}
@media screen and (prefers-color-scheme: dark) {
  :root {
  ${dark}
  }
}`

/** How pictures look, wherever `colours` holds. */
export const chartStyles = `.chart { display: block; width: 100%; height: auto; fill: var(--ink); font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }
.chart text { white-space: pre; unicode-bidi: isolate; }
.chart .title { font-size: 15px; font-weight: 600; }
.chart .strong { font-weight: 600; }
.chart .faint { fill: var(--muted); }
.chart .on { fill: var(--page); }
.chart .end { text-anchor: end; }
.chart .middle { text-anchor: middle; }
.chart .grid { stroke: var(--rule); fill: none; }
.chart .axis { stroke: var(--leader); fill: none; }
.chart .leader { stroke: var(--leader); fill: none; stroke-width: .75; }
.chart .line { stroke: var(--series); fill: none; stroke-width: 1.75; stroke-linejoin: round; }
.chart .thin { stroke-width: 1.25; opacity: .75; }
.chart .fine { stroke-width: 1; }
.chart .halo { stroke: var(--page); fill: none; stroke-width: 4; stroke-linejoin: round; opacity: .8; }
.chart .fill { fill: var(--series); }
.chart .band { fill: var(--series); fill-opacity: .82; }
.chart .dot { fill: var(--series); stroke: var(--page); stroke-width: 1.5; }
.chart .ring { fill: none; stroke: var(--ink); stroke-width: 1.75; }
.chart .weave { stroke: var(--page); fill: none; }
.chart .s0 { --series: var(--ink); }
${Array.from({ length: COLOURS }, (_, index) => `.chart .s${index + 1} { --series: var(--series-${index + 1}); }`).join('\n')}`

/** The class that gives an element the colour of a series, numbered from 0; −1: that of the text. */
export function colourOf(series: number): string {
  return series < 0 ? 's0' : `s${(series % COLOURS) + 1}`
}

const DASHES = ['', '7 4', '2 3', '10 3 2 3', '4 2', '12 4 4 4', '1 4', '6 2 2 2 2 2']

/** The dashes of a line, by the number of its series. */
export function dashOf(series: number): Markup | null {
  const dashes = DASHES[Math.abs(series) % DASHES.length]
  return dashes === undefined || dashes === '' ? null : markup` stroke-dasharray="${dashes}"`
}

/** What is woven into areas, beside their colour: nothing, stripes, dots, bars, … */
const WEAVES = [
  '',
  'M-1,1l2,-2M0,6l6,-6M5,7l2,-2',
  'M1.5,3h1.2',
  'M0,3h6',
  'M3,0v6',
  'M-1,5l2,2M0,0l6,6M5,-1l2,2',
  'M0,3h6M3,0v6',
  'M1,1h1M4,4h1'
]

/** How to fill the area of a series. */
export function fillOf(series: number, id: string): string {
  return `url(#${id}-weave-${series})`
}

/** What `fillOf` refers to: of so many series, in the picture with this id. */
export function defineWeaves(count: number, id: string): Markup {
  const patterns = Array.from({ length: count }, (_, series) => {
    const weave = WEAVES[series % WEAVES.length] ?? ''
    const lines = weave === '' ? null : markup`<path class="weave" d="${weave}"/>`
    return markup`<pattern id="${id}-weave-${series}" class="${colourOf(series)}" width="6" height="6" patternUnits="userSpaceOnUse"><path class="on" d="M0,0h6v6h-6Z"/><path class="band" d="M0,0h6v6h-6Z"/>${lines}</pattern>`
  })
  return markup`<defs>${patterns}</defs>`
}
