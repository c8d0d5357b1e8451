/** How pages look: narrow and wide, on screens and on paper. Their colours are those of the pictures. */
export const pageStyles = `* { box-sizing: border-box; }
html { font: 100%/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: break-word; }
header, main, footer { max-width: 51.5rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2rem); }
header { padding-top: clamp(2rem, 6vw, 4.5rem); }
h1, h2 { line-height: 1.2; text-wrap: balance; }
h1 { font-size: clamp(1.7rem, 1.2rem + 2.4vw, 2.5rem); letter-spacing: -.022em; margin: 0 0 1rem; }
h2 { font-size: 1.5rem; letter-spacing: -.015em; margin: 4rem 0 1rem; }
p, ul { max-width: 42rem; margin-block: 0 1rem; text-wrap: pretty; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: .5rem 1rem; z-index: 1; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.lead { font-size: 1.15rem; line-height: 1.5; color: var(--muted); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); margin: 2.25rem 0 0; border-block: 1px solid var(--rule); overflow-wrap: anywhere; }
.tiles > div { padding: 1.1rem 1.25rem 1.1rem 0; }
.tiles dt { color: var(--muted); font-size: .875rem; }
.tiles dd { margin: 0; }
.tiles .value { font-size: 1.75rem; line-height: 1.3; font-weight: 650; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.tiles .detail { color: var(--muted); font-size: .875rem; line-height: 1.4; }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; max-width: none; margin: 1.75rem 0 0; font-size: .9375rem; }
figure { margin: 2rem 0 3rem; }
figcaption { max-width: 42rem; margin-top: .5rem; color: var(--muted); font-size: .9375rem; line-height: 1.5; text-wrap: pretty; }
.narrow { display: none; max-width: 30rem; }
figcaption + details { margin-top: 1rem; }
details { margin-block: 1rem; }
summary { cursor: pointer; color: var(--link); width: fit-content; max-width: 100%; }
.scroll { overflow-x: auto; margin-block: 1rem 1.5rem; }
table { border-collapse: collapse; font-size: .875rem; line-height: 1.4; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
caption { text-align: left; color: var(--muted); padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; font-weight: 400; padding: .4rem 1.5rem .4rem 0; border-bottom: 1px solid var(--rule); }
th:last-child, td:last-child { padding-right: 0; }
thead th, thead td { color: var(--muted); vertical-align: bottom; border-bottom-color: var(--leader); }
tbody th { max-width: 18rem; overflow-wrap: break-word; }
.notes { padding-left: 1.1rem; color: var(--muted); font-size: .9375rem; }
.notes li { margin-block: .25rem; }
footer { margin-top: 4.5rem; padding-block: 1.5rem 3rem; color: var(--muted); font-size: .875rem; }
footer::before { content: ""; display: block; border-top: 1px solid var(--rule); margin-bottom: 1.5rem; }
footer h2 { font-size: .875rem; letter-spacing: 0; margin: 0 0 .5rem; color: var(--ink); }
.facts { margin: 0 0 1.25rem; overflow-wrap: anywhere; }
.facts > div { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 0 1rem; padding-block: .1rem; }
.facts dd { margin: 0; min-width: 0; color: var(--ink); }
@media screen and (max-width: 40rem) {
  .wide { display: none; }
  .narrow { display: block; }
  h2 { margin-top: 3rem; }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .tiles .value { font-size: 1.35rem; }
  .facts > div { grid-template-columns: minmax(0, 1fr); margin-bottom: .4rem; }
  th, td { padding-right: 1rem; }
}
@media print {
  @page { margin: 16mm 14mm; }
  html { font-size: 10pt; }
  header, main, footer { max-width: none; padding-inline: 0; }
  header { padding-top: 0; }
  nav, .skip, figure details, footer a { display: none; }
  h2 { break-after: avoid; margin-top: 2.5rem; }
  figure, .tiles, tr { break-inside: avoid; }
  .scroll { overflow: visible; }
  thead { display: table-header-group; }
}`
