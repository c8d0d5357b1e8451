import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ControllerNotice } from '../../src/controller/events.js'
import { defaultPolicy } from '../../src/controller/resolve-policy.js'
import { codeBlocks, makeUserFolder, root } from '../readme/readme.js'
import { parseOpenMetrics } from './open-metrics-parser.js'
import { smallFleet } from './small-fleet.js'

const page = readFileSync(join(root, 'docs/controller.md'), 'utf8')

test('the program of the page runs, prints what it says, and is short', () => {
  const [program = ''] = codeBlocks('js', page)
  const [printed] = codeBlocks('text', page)
  const folder = makeUserFolder({ 'controller.mjs': program })
  const output = execFileSync(process.execPath, ['controller.mjs'], { cwd: folder, encoding: 'utf8', timeout: 50_000 })
  expect(output).toBe(printed)
  expect(program.split('\n').length).toBeLessThan(60)
})

test('the page names every option of a policy, with its default', () => {
  const rows = new Map([...page.matchAll(/^\| `([\w.]+)` \| ([^|]*) \|/gm)].map(([, name, value]) => [name, value]))
  for (const [name, value] of Object.entries(defaultPolicy)) {
    if (typeof value !== 'object' || value === null) expect(rows.get(name), name).toBe(plain(value))
    for (const [part, inner] of Object.entries(typeof value === 'object' && name !== 'backoff' ? (value ?? {}) : {})) {
      expect(rows.get(`${name}.${part}`), `${name}.${part}`).toBe(plain(inner))
    }
  }
  expect(rows.get('backoff')).toBe(`${defaultPolicy.backoff.firstSeconds} s to ${defaultPolicy.backoff.mostSeconds} s`)
})

/** The fields of every event. */
const fields: {
  readonly [Kind in ControllerNotice['kind']]: Readonly<
    Record<Exclude<keyof Extract<ControllerNotice, { kind: Kind }>, 'kind'>, true>
  >
} = {
  started: { mode: true },
  waiting: { reason: true, subject: true, remainingSeconds: true },
  planned: { problem: true, result: true, savingPerHour: true },
  kept: { verdict: true, reason: true },
  recommended: { problem: true, result: true, savingPerHour: true },
  resumed: { plan: true },
  executing: { plan: true, migrations: true, savingPerHour: true },
  execution: { plan: true, event: true },
  executed: { plan: true, report: true, savedPerHour: true },
  drifted: { reason: true },
  overdue: { plan: true, seconds: true },
  reopened: { nodes: true },
  failed: { part: true, reason: true },
  'backing-off': { failures: true, seconds: true },
  round: { report: true },
  stopped: {}
}

test('the page names every event, with its fields', () => {
  const table = page.slice(page.indexOf('## Events'), page.indexOf('## Metrics'))
  const rows = new Map([...table.matchAll(/^\| `([\w-]+)` \| ([^|]*)\|/gm)].map(([, kind, said]) => [kind, said ?? '']))
  expect([...rows.keys()].sort()).toEqual(Object.keys(fields).sort())
  for (const [kind, names] of Object.entries(fields)) {
    for (const name of Object.keys(names)) expect(rows.get(kind), kind).toContain(`\`${name}\``)
  }
})

/** A controller on a cluster at rest, and what else a program of the page takes. */
const prelude = `
import { createController } from 'replica-compactor/controller'
const read = async () => (${JSON.stringify(smallFleet())})
`

/** Runs a program beside the package, and gives what it has printed. */
function run(folder: string, program: string): string {
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 50_000
  })
}

test('the server of the page serves metrics as OpenMetrics', () => {
  const [server = ''] = codeBlocks('js metrics', page)
  expect(server).toContain('listen(9464)')
  const program = `${prelude}
const controller = createController({ read })
${server.replace('listen(9464)', 'listen(0)')}
await new Promise((resolve) => server.once('listening', resolve))
const ask = (path) => fetch('http://localhost:' + server.address().port + path)
const [metrics, state, other] = await Promise.all(['/metrics', '/state', '/'].map(ask))
console.log(JSON.stringify([metrics.headers.get('content-type'), await metrics.text(), await state.json(), other.status]))
server.close()
server.closeAllConnections()`
  const [type, text, state, status] = JSON.parse(run(makeUserFolder({}), program)) as [string, string, object, number]
  expect(type).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
  expect(parseOpenMetrics(text).get('replica_compactor_phase')?.samples).toHaveLength(9)
  expect(state).toMatchObject({ phase: 'idle' })
  expect(status).toBe(404)
})

test('what the page keeps of a recommendation can be reviewed by its commands', () => {
  const [listener = ''] = codeBlocks('js review', page)
  const [commands = ''] = codeBlocks('sh review', page)
  const folder = makeUserFolder({})
  run(
    folder,
    `${prelude}${listener}
await createController({ read, onEvent, policy: { stabilitySeconds: 0, timeLimitMs: 2000 } }).step()`
  )
  for (const command of commands.trim().split('\n')) {
    const [name = '', ...args] = command.split(' ')
    const binary = join(folder, 'node_modules/.bin', name)
    const output = execFileSync(binary, args, { cwd: folder, encoding: 'utf8', timeout: 50_000, stdio: 'pipe' })
    if (args[0] === 'verify') expect(output).toMatch(/^Valid: 8 replicas in place/)
  }
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('<html')
  expect(readFileSync(join(folder, 'migrate.sh'), 'utf8')).toContain('web')
})

/** As the table shows it: words as code, numbers plain. */
function plain(value: unknown): string {
  return typeof value === 'string' ? `\`${value}\`` : String(value)
}
