import { nodeShapeStyles } from '../../svg/node-shapes.js'

/** What reports of Results have beyond every page: pictures in pairs, legends. */
export const resultStyles = `${nodeShapeStyles}
h3 { font-size: 1.125rem; line-height: 1.3; margin: 2rem 0 .5rem; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem 1.5rem; margin-bottom: 2rem; }
.pair figure { margin: 0; display: grid; grid-template-rows: subgrid; grid-row: span 2; gap: .75rem; align-content: start; }
.pair figcaption { margin: 0; font-size: .875rem; }
.pair b { color: var(--ink); font-weight: 600; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; max-width: none; font-size: .875rem; }
.legend .sample { display: inline-block; width: 18px; height: 12px; margin-right: .4rem; }
@media screen and (max-width: 40rem) {
  .pair { grid-template-columns: minmax(0, 1fr); }
}`
