import { expect, test } from 'vitest'
import { renderNextSteps } from '../../src/report/text/next-steps.js'

test('after a plan: keep it, check it, read it by program', () => {
  const command = 'npx replica-compactor'
  expect(renderNextSteps({ command, verb: 'plan', files: ['my clusters/it’s "a".json'] })).toMatchInlineSnapshot(`
    "Next
      keep it, with every step
        npx replica-compactor plan 'my clusters/it’s "a".json' -o result.json
      check it independently
        npx replica-compactor verify 'my clusters/it’s "a".json' result.json
      see it, before and after, in a browser
        npx replica-compactor report 'my clusters/it’s "a".json' result.json -o report.html
      ask why nodes stay, and what would free them
        npx replica-compactor why 'my clusters/it’s "a".json' result.json
      read it by program
        npx replica-compactor plan 'my clusters/it’s "a".json' --json
    "
  `)
})

test('after a plan that is kept: check it', () => {
  const output = 'out/result.json'
  expect(
    renderNextSteps({ command: 'replica-compactor', verb: 'plan', files: ['cluster.yaml'], output })
  ).toMatchInlineSnapshot(`
    "Next
      check it independently
        replica-compactor verify cluster.yaml out/result.json
      see it, before and after, in a browser
        replica-compactor report cluster.yaml out/result.json -o report.html
      ask why nodes stay, and what would free them
        replica-compactor why cluster.yaml out/result.json
    "
  `)
})

test('after a plan that is kept and may be improved on: search on', () => {
  const output = 'my result.json'
  expect(
    renderNextSteps({ command: 'replica-compactor', verb: 'plan', files: ['cluster.yaml'], output, isOpen: true })
  ).toContain("    replica-compactor plan cluster.yaml --start 'my result.json' -o 'my result.json'\n")
})

test('a migration is kept with both of its files', () => {
  const files = ['cluster.yaml', 'placement.json'] as const
  expect(renderNextSteps({ command: 'replica-compactor', verb: 'sequence', files })).toContain(
    '    replica-compactor sequence cluster.yaml placement.json -o result.json\n'
  )
})

test('after a plan that is restricted: the restriction stands in every call, and nothing that refuses it is offered', () => {
  const call = { command: 'replica-compactor', verb: 'plan', files: ['ray.json'], isOpen: true } as const
  expect(renderNextSteps({ ...call, executableOn: 'ray', system: 'ray' })).toMatchInlineSnapshot(`
    "Next
      keep it, with every step
        replica-compactor plan ray.json --executable-on ray -o result.json
      check it independently
        replica-compactor verify ray.json result.json
      see it, before and after, in a browser
        replica-compactor report ray.json result.json -o report.html
      see what Ray can carry out of it
        replica-compactor drains ray.json result.json
      write that as a script of ray drain-node
        replica-compactor script ray.json result.json --for ray -o drains.sh
      read it by program
        replica-compactor plan ray.json --executable-on ray --json
    "
  `)
  const kept = renderNextSteps({ ...call, executableOn: 'ray', system: 'ray', output: 'drains.json' })
  expect(kept).not.toMatch(/ why |--start/)
})

test('a plan of a cluster that was imported from Kubernetes becomes a script of kubectl', () => {
  const call = { command: 'replica-compactor', verb: 'plan', files: ['cluster.json'] } as const
  expect(renderNextSteps({ ...call, system: 'kubernetes', output: 'result.json' })).toContain(
    '    replica-compactor script cluster.json result.json --for kubernetes -o migrate.sh\n'
  )
})
