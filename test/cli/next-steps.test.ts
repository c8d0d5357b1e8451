import { expect, test } from 'vitest'
import { renderNextSteps } from '../../src/report/text/next-steps.js'

test('after a plan: keep it, check it, read it by program', () => {
  expect(renderNextSteps({ command: 'npm start --', problem: 'my clusters/it’s "a".json' })).toMatchInlineSnapshot(`
    "Next
      keep it, every step     npm start -- plan 'my clusters/it’s "a".json' -o result.json
      check it independently  npm start -- verify 'my clusters/it’s "a".json' result.json
      read it by program      npm start -- plan 'my clusters/it’s "a".json' --json
    "
  `)
})

test('after a plan that is kept: check it', () => {
  const files = { command: 'replica-compactor', problem: 'cluster.yaml', output: 'out/result.json' }
  expect(renderNextSteps(files)).toMatchInlineSnapshot(`
    "Next
      check it independently  replica-compactor verify cluster.yaml out/result.json
    "
  `)
})
