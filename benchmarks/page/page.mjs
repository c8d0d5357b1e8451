/** The page that is passed around: one file of HTML, without scripts, and nothing is loaded. */

import { Markup, markup } from '../../dist/src/report/markup.js'
import { OURS } from '../ours.mjs'
import { renderCloseness } from './closeness.mjs'
import { renderFacts } from './facts.mjs'
import { renderFigure } from './figure.mjs'
import { onlineAllocations } from './figures/allocations.mjs'
import { costByBudget } from './figures/cost-by-budget.mjs'
import { primalGapOverTime, provenGapOverTime } from './figures/gap-over-time.mjs'
import { geometricMeans } from './figures/geometric-means.mjs'
import { growthOfTime } from './figures/growth.mjs'
import { performanceProfile } from './figures/performance-profile.mjs'
import { primalIntegrals } from './figures/primal-integral.mjs'
import { savingsByLoad } from './figures/savings-by-load.mjs'
import { leadOf, renderHeadline } from './headline.mjs'
import { absences, renderBoundsAlone, renderMethod } from './method.mjs'
import { list } from './prose.mjs'
import { renderResults } from './results-section.mjs'
import { setScene } from './scene.mjs'
import { renderStart } from './start-words.mjs'
import { styles } from './styles.mjs'

/** @import { BenchReport } from '../bench/record.mjs' */
/** @import { Content } from '../../dist/src/report/markup.js' */
/** @import { Scene } from './scene.mjs' */

/** Parts of the page with pictures: what is said when one of them has nothing to show. */
const chapters = [
  {
    id: 'savings',
    title: 'What is saved: a real cluster, a simulated start',
    before: renderStart,
    pictures: [
      { draw: savingsByLoad, without: 'Savings by load: not measured.' },
      { draw: costByBudget, without: 'Cost by how much may move: not measured with two limits.' }
    ],
    after: renderCloseness
  },
  {
    id: 'race',
    title: 'Everybody for the same time',
    before: renderBoundsAlone,
    pictures: [
      { draw: primalGapOverTime, without: 'Gap against time: there was no race, or nobody in it had a placement.' },
      { draw: provenGapOverTime, without: 'Proven gap against time: nobody in a race proved anything.' },
      { draw: primalIntegrals, without: 'Primal integrals: there was no race.' },
      {
        draw: performanceProfile,
        without: 'Performance profile: nobody in a race came within 1 % of the best known cost.'
      },
      {
        draw: geometricMeans,
        without: 'Shifted geometric means: nobody in a race came within 1 % of the best known cost or proved 1 %.'
      }
    ],
    after: () => null
  },
  {
    id: 'sizes',
    title: 'Larger clusters',
    before: () => null,
    pictures: [{ draw: growthOfTime, without: 'Time against size: not measured, or nothing proven.' }],
    after: () => null
  },
  {
    id: 'context',
    title: 'Why it matters: without moving, GPUs stay unused',
    before: () => null,
    pictures: [{ draw: onlineAllocations, without: 'What online policies reach: the data of FGD are not here.' }],
    after: () => null
  }
]

/** @type {(report: BenchReport) => string} */
export function renderPage(report) {
  const scene = setScene(report)
  const drawn = chapters.map(({ pictures, ...chapter }) => {
    const results = pictures.map(({ draw, without }) => ({ figure: draw(scene), without }))
    return {
      ...chapter,
      figures: results.flatMap(({ figure }) => figure ?? []),
      leftOut: results.flatMap(({ figure, without }) => (figure === null ? [without] : []))
    }
  })
  const parts = [
    ...drawn.flatMap(({ id, title, figures, before, after }) =>
      figures.length === 0 ? [] : [{ id, title, content: [before(scene), figures.map(renderFigure), after(scene)] }]
    ),
    { id: 'results', title: 'All results', content: renderResults(scene) ?? markup`<p>Nothing was run.</p>` },
    { id: 'method', title: 'How it was measured', content: renderMethod(scene) },
    {
      id: 'absent',
      title: 'What is absent',
      content: renderAbsent(
        scene,
        drawn.flatMap(({ leftOut }) => leftOut)
      )
    }
  ]
  return writePage(scene, parts)
}

/** @type {(scene: Scene, leftOut: readonly string[]) => Content} */
function renderAbsent(scene, leftOut) {
  const missing = absences(scene, leftOut)
  return missing.length === 0 ? markup`<p>Nothing that was meant to be here.</p>` : list(missing)
}

/** @type {(scene: Scene, parts: readonly { id: string, title: string, content: Content }[]) => string} */
function writePage(scene, parts) {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="description" content="${leadOf(scene)}">
<title>${OURS} beside policies and solvers, ${scene.report.date}</title>
<style>${new Markup(styles)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the pictures</a>
<header>
${renderHeadline(scene)}
${renderFacts(scene)}
<nav aria-label="Contents"><ul>
${parts.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>\n`)}</ul></nav>
</header>
<main id="content">
${parts.map(({ id, title, content }) => markup`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>\n${content}\n</section>\n`)}</main>
<footer>Drawn by <code>npm run bench</code> of ${OURS} from the runs of ${scene.report.date}.</footer>
</body>
</html>
`.text
}
