import { readFileSync } from 'node:fs'
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { repeatProblem } from '../../../../benchmarks/families/repeat.mjs'
import { parseProblem } from '../../../../models/contract/parse.js'
import { compact } from '../../../../src/index.js'
import { renderReport } from '../../../../src/report/html/result/render-report.js'

test('more than two thousand nodes are a page of less than 5 MB', async () => {
  const slice = JSON.parse(
    readFileSync(new URL('../../../../fixtures/openb/openb-slice-400.problem.json', import.meta.url), 'utf8')
  )
  const problem = parseProblem(repeatProblem(slice, 6))
  const result = await compact(problem, { solver: 'greedy', workLimit: 5000 })
  const html = renderReport(problem, result)
  expect(problem.nodes.length).toBeGreaterThan(2000)
  expect(result.releasedNodes.length).toBeGreaterThan(500)
  expect(Buffer.byteLength(html)).toBeLessThan(5_000_000)
  const { document } = parseHTML(html)
  expect(document.querySelectorAll('.pair .spot')).toHaveLength(2 * problem.nodes.length)
  // Thousands of nodes are a few elements each, not hundreds.
  expect(document.querySelectorAll('.pair svg *').length).toBeLessThan(12 * problem.nodes.length)
})
