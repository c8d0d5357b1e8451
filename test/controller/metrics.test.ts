import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderOpenMetrics } from '../../src/controller/open-metrics.js'
import { parseOpenMetrics } from './open-metrics-parser.js'
import { tryController } from './small-fleet.js'

/** The value of a sample, by family and labels. */
function readValue(text: string, family: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
  const { samples = [] } = parseOpenMetrics(text).get(`replica_compactor_${family}`) ?? {}
  return samples.find((sample) => Object.entries(labels).every(([name, value]) => sample.labels.get(name) === value))
    ?.value
}

test('before anything has happened it is a text of OpenMetrics', () => {
  const text = tryController().controller.metrics()
  expect(parseOpenMetrics(text).get('replica_compactor_phase')?.samples).toHaveLength(9)
  expect(readValue(text, 'phase', { replica_compactor_phase: 'idle' })).toBe(1)
  expect(readValue(text, 'controller', { mode: 'execute' })).toBe(1)
  expect(readValue(text, 'cost_per_hour')).toBeUndefined()
})

test('it is one at every moment, and says what was planned, done and saved', async () => {
  const texts: string[] = []
  let endedAt = 0
  const trial = tryController({
    parts: {
      onEvent: ({ kind, at }) => {
        texts.push(trial.controller.metrics())
        if (kind === 'executed') endedAt = at
      }
    },
    policy: { stabilitySeconds: 120 }
  })
  await trial.runFor(3600)
  expect(texts.length).toBeGreaterThan(50)
  for (const text of texts) parseOpenMetrics(text)
  const planned = texts.find((text) => readValue(text, 'plans') === 1) ?? ''
  expect(readValue(planned, 'cost_per_hour', { state: 'current' })).toBe(4)
  expect(readValue(planned, 'cost_per_hour', { state: 'planned' })).toBe(2)
  expect(readValue(planned, 'cost_per_hour', { state: 'bound' })).toBe(2)
  expect(readValue(planned, 'nodes', { state: 'planned' })).toBe(2)
  const text = trial.controller.metrics()
  expect(readValue(text, 'cost_per_hour', { state: 'current' })).toBe(2)
  expect(readValue(text, 'nodes', { state: 'current' })).toBe(2)
  expect(readValue(text, 'replicas')).toBe(8)
  expect(readValue(text, 'migrations', { outcome: 'done' })).toBe(2)
  expect(readValue(text, 'executions', { outcome: 'completed' })).toBe(1)
  expect(readValue(text, 'released_nodes')).toBe(2)
  expect(readValue(text, 'backoff_seconds')).toBe(0)
  expect(readValue(text, 'rounds', { outcome: 'executed' })).toBe(1)
  // Two an hour, from the end of the plan on.
  expect(readValue(text, 'saved_money')).toBeCloseTo(2 * (1 - endedAt / 3_600_000), 6)
})

test('what was abandoned and gone on with is counted once', async () => {
  const trial = tryController({ policy: { stabilitySeconds: 0 } })
  const { clock } = trial.cluster
  for (const seconds of [70, 15]) {
    const abandon = new AbortController()
    clock.after(seconds * 1000, () => abandon.abort())
    await clock.run(() => trial.controller.step(undefined, { abandon: abandon.signal }))
  }
  await trial.runFor(3600)
  const text = trial.controller.metrics()
  expect(readValue(text, 'executions', { outcome: 'abandoned' })).toBe(2)
  expect(readValue(text, 'migrations', { outcome: 'done' })).toBe(2)
  expect(readValue(text, 'migrations', { outcome: 'unfinished' })).toBe(0)
  expect(readValue(text, 'released_nodes')).toBe(2)
})

test('a saving is counted for a day', async () => {
  const trial = tryController({ policy: { stabilitySeconds: 0, intervalSeconds: 7200 } })
  await trial.runFor(72 * 3600)
  expect(readValue(trial.controller.metrics(), 'saved_money')).toBeCloseTo(48, 6)
})

test('failures and waits are told', async () => {
  const trial = tryController({ parts: { read: () => Promise.reject(new Error('down')) } })
  await trial.runFor(1)
  const text = trial.controller.metrics()
  expect(readValue(text, 'failures', { part: 'read' })).toBe(1)
  expect(readValue(text, 'backoff_seconds')).toBe(1)
  expect(readValue(text, 'failures_in_a_row')).toBe(1)
})

test('a number has twelve significant digits, and none that rounding leaves', () => {
  const values = [0.1 + 0.2, 97.1166500487335, 123456789012, 1e-9 / 3, 2 ** 53, -0, 1.7976931348623157e308]
  const text = renderOpenMetrics([
    {
      name: 'x',
      type: 'gauge',
      help: 'x',
      samples: values.map((value, index) => ({ labels: { n: `${index}` }, value }))
    }
  ])
  expect(text.match(/(?<=} ).*/g)).toEqual([
    '0.3',
    '97.1166500487',
    '123456789012',
    '3.33333333333e-10',
    '9007199254740000',
    '0',
    '1.79769313486e+308'
  ])
})

test('any text can be a label or a help, and comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.double(), (raw, value) => {
      const said = raw.replaceAll('\r', '')
      const help = `h${said}`
      const text = renderOpenMetrics([
        {
          name: 'x_seconds',
          unit: 'seconds',
          type: 'gauge',
          help,
          samples: [{ labels: { one: said, two: '"\\\n' }, value }]
        }
      ])
      const family = parseOpenMetrics(text).get('x_seconds')
      expect(family?.help).toBe(help)
      expect(family?.samples[0]?.labels.get('one')).toBe(said)
      expect(family?.samples[0]?.labels.get('two')).toBe('"\\\n')
      expect(family?.samples[0]?.value).toEqual(Number(value.toPrecision(12)) + 0)
    })
  )
})

test.each([
  'a 1\n# EOF\n',
  '# TYPE a gauge\na 1',
  '# TYPE a gauge\n\na 1\n# EOF\n',
  '# TYPE a counter\na 1\n# EOF\n',
  '# TYPE a counter\na_total -1\n# EOF\n',
  '# TYPE a gauge\na{b="c",} 1\n# EOF\n',
  '# TYPE a gauge\na{b="\\x"} 1\n# EOF\n',
  '# TYPE a gauge\n# UNIT a seconds\na 1\n# EOF\n',
  '# TYPE a gauge\na 1\na 1\n# EOF\n',
  '# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n# TYPE a gauge\n# EOF\n'
])('the parser is strict: %j', (text) => {
  expect(() => parseOpenMetrics(text)).toThrow()
})
