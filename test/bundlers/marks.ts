import type { Files } from './output.js'

/** What only these packages have, and what no bundler takes from it: texts, and the names of exports of binaries. */
const marks = {
  highs: ['HighsReentrancyError'],
  'javascript-lp-solver': ['Solver requires a model'],
  'glpk.js': ['GLPK Simplex Optimizer', 'glp_create_prob'],
  commander: ['display help for command'],
  yaml: ['An alias node must not specify any properties']
}

/** Which of these packages the files have something of. */
export function marksIn(files: Files): string[] {
  const contents = [...files.values()]
  const names = Object.entries(marks).filter(([, texts]) =>
    texts.some((text) => contents.some((content) => content.includes(text)))
  )
  return names.map(([name]) => name)
}
