/** The style sheet of the page: light and dark, wide and narrow, on paper. Nothing in it is loaded from anywhere. */

/** The series are colours that colour-blind people tell apart, after Okabe and Ito, darker or lighter to stand out from the page. */
const light = `
  color-scheme: light;
  --page: #ffffff; --ink: #1b1d22; --muted: #5c6270; --rule: #e4e6eb; --leader: #a3a9b6; --panel: #f5f6f8; --link: #00609c; --focus: #00609c;
  --series-1: #c94f06; --series-2: #0068a8; --series-3: #00805c; --series-4: #a3478a; --series-5: #9a6a00; --series-6: #2787bd;
  --series-7: #6b7280; --series-8: #7a4a1f;`

const dark = `
  color-scheme: dark;
  --page: #14161a; --ink: #e8eaee; --muted: #a4abb8; --rule: #2c3038; --leader: #666e7d; --panel: #1d2026; --link: #7cc0f5; --focus: #7cc0f5;
  --series-1: #ff8b4a; --series-2: #56a8e8; --series-3: #2fc49a; --series-4: #e29ac6; --series-5: #f0b429; --series-6: #8ccbf0;
  --series-7: #a3abb8; --series-8: #cba37a;`

/** The colours alone, for a picture that stands by itself. */
export const colours = `
:root {${light}
}
@media (prefers-color-scheme: dark) { :root {${dark}
} }`

export const styles = `${colours}
* { box-sizing: border-box; }
html { font: 100%/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: break-word; }
header, main, footer { max-width: 54rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2rem); }
header { padding-block: clamp(2rem, 6vw, 4.5rem) 0; }
footer { margin-top: 5rem; padding-block: 1.5rem 3rem; color: var(--muted); font-size: .875rem; border-top: 1px solid var(--rule); }
h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; letter-spacing: -.01em; }
h1 { font-size: clamp(1.8rem, 1.2rem + 2.6vw, 2.75rem); letter-spacing: -.022em; margin: 0 0 1.25rem; }
h2 { font-size: 1.65rem; letter-spacing: -.015em; margin: 5rem 0 1rem; }
h3 { font-size: 1.2rem; margin: 3rem 0 .75rem; }
h4 { font-size: 1rem; margin: 2rem 0 .5rem; }
p, ul { max-width: 44rem; margin-block: 0 1rem; text-wrap: pretty; }
li { margin-block: .25rem; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 3px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: .5rem 1rem; z-index: 1; }
.name { white-space: nowrap; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.lead { font-size: 1.2rem; line-height: 1.5; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1px; margin: 2.25rem 0; background: var(--rule); border-block: 1px solid var(--rule); }
.tiles > div { background: var(--page); padding: 1.1rem 1rem 1.1rem 0; }
.tiles > div + div { padding-left: 1rem; }
.tiles dt { color: var(--muted); font-size: .875rem; }
.tiles dd { margin: 0; }
.tiles .value { font-size: 1.7rem; line-height: 1.3; font-weight: 650; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.tiles .ours { color: var(--series-1); }
.tiles .detail { color: var(--muted); font-size: .875rem; line-height: 1.4; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.5rem; margin: 0; font-size: .9375rem; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; min-width: 0; }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; max-width: none; margin: 2rem 0 0; }
figure { margin: 3.5rem 0 4.5rem; }
figure h3 { margin-top: 0; }
figcaption p { margin-bottom: .5rem; }
figcaption ul { padding-left: 1.1rem; font-size: .9375rem; }
.reading { color: var(--muted); font-size: .9rem; line-height: 1.5; }
.scroll { overflow-x: auto; }
.picture { margin: 1.25rem 0 1.25rem; }
svg { display: block; width: 100%; min-width: 35rem; height: auto; fill: currentColor; text-anchor: middle; font-family: inherit; font-variant-numeric: tabular-nums; }
svg text { white-space: pre; }
summary { cursor: pointer; color: var(--link); width: fit-content; max-width: 100%; }
details > .scroll { margin-top: .75rem; }
table { border-collapse: collapse; font-size: .875rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding-bottom: .5rem; }
caption span { display: inline-block; position: sticky; left: 0; max-width: min(44rem, 100vw - 4rem); }
th, td { text-align: left; vertical-align: top; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--rule); }
th { font-weight: 400; }
thead th { min-width: 3.5rem; color: var(--muted); vertical-align: bottom; border-bottom-color: var(--muted); }
tbody th { position: sticky; left: 0; max-width: 22rem; background: var(--page); }
.results tbody th { min-width: 10rem; }
.number { text-align: right; }
td.number { white-space: nowrap; }
.ours th, .ours td { font-weight: 650; }
table .sub { display: block; color: var(--muted); font-weight: 400; font-size: .8125rem; }
.best { font-weight: 650; }
.results details { border-bottom: 1px solid var(--rule); padding-block: .45rem; max-width: 100%; }
.results summary .sub { display: block; margin-left: 1.1rem; color: var(--muted); font-size: .875rem; }
@media (max-width: 40rem) {
  h2 { margin-top: 3.5rem; }
  .facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: .6rem; }
  tbody th { max-width: 9rem; }
  .tiles { grid-template-columns: 1fr 1fr; }
  .tiles > div:nth-child(odd) { padding-left: 0; }
  .tiles .value { font-size: 1.3rem; }
}
@media print {
  :root {${light}
  }
  @page { margin: 16mm 14mm; }
  html { font-size: 10pt; }
  header, main, footer { max-width: none; padding-inline: 0; }
  nav, .skip, figure details { display: none; }
  a { color: inherit; text-decoration: none; }
  p, ul { max-width: none; }
  figcaption ul { font-size: .85rem; }
  li { margin-block: 0; }
  h2 { margin-top: 2rem; }
  h2, h3, h4, summary { break-after: avoid; }
  figure, .tiles, tr { break-inside: avoid; }
  figure { margin: 1.5rem 0 2rem; }
  .scroll { overflow: visible; }
  svg { min-width: 0; max-height: 185mm; }
  .results details::details-content { content-visibility: visible; block-size: auto; }
  table { font-size: 8pt; }
  thead { display: table-header-group; }
}
`
