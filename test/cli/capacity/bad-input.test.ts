import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder } from '../../scratch-folder.js'
import { QUICKSTART, runCommand } from '../run-command.js'
import { STUDY } from './questions.js'

const folder = makeFolder()
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const forecast = (name: string, ...rows: string[]) => file(name, `time,chat,embed,report\n${rows.join('\n')}\n`)
const negative = forecast('negative.csv', '0,5,7,0', '3600,5,-7,3')
const unclosed = forecast('unclosed.csv', '0,1,"2,3')
const unsorted = forecast('unsorted.csv', '0,5,7,0', '7200,5,7,3', '3600,5,7,3')
const twice = forecast('twice.csv', '0,5,7,0', '3600,5,7,3', '3600,5,7,3')
const gap = forecast('gap.csv', '0,5,7,0', '3600,5,7,3', '14400,5,7,3', '18000,5,7,3')
const prices = file('prices.csv', 'name,vcpu,memGiB,priceOnDemand\nsmall,4,many,0.2\n')
const unknownKey = file('key.yaml', 'schemaVersion: 1\nforecasts: { file: x.csv }\ndeployments: []\n')
const broken = file('broken.yaml', 'deployments: [')

describe('what cannot be used is told in words, with exit code 2 and nothing on stdout', () => {
  test.each([
    [['horizon', QUICKSTART], /the study has no forecast: name one in it, or with --forecast FILE/],
    [['mix', STUDY, '--at', 'never'], /--at never: expected now, peak, seconds from 0 up to 86400, or a date-time/],
    [['mix', STUDY, '--at', '86400'], /--at 86400: expected/],
    [['reach', QUICKSTART, '--at', '60'], /--at 60: expected now: the study has no forecast/],
    [['reach', QUICKSTART, '--deployment', 'nobody'], /--deployment nobody: expected the id of a deployment/],
    [['holes', QUICKSTART, '--deployment', 'chat', '--deployment', 'nobody'], /--deployment nobody: expected the id/],
    [['survive', QUICKSTART, '--loss', 'rack'], /--loss rack: expected node, or a label of nodes: .*zone/],
    [['survive', QUICKSTART, '--recovery', 'some'], /Expected none or repack/],
    [['curve', QUICKSTART, '--limits', '1,x'], /--limits.*Expected a whole number/],
    [['compaction', QUICKSTART, '--trials', '0'], /--trials.*of at least 1/],
    [['horizon', STUDY, '--work-limit', '5'], /unknown option '--work-limit'/],
    [['mix', STUDY, '--solver', 'x'], /unknown option '--solver'/],
    [['mix'], /missing required argument 'STUDY'/],
    [['mix', 'nowhere.yaml'], /nowhere\.yaml: there is no such file or folder/],
    [['mix', STUDY, '--forecast', 'nowhere.csv'], /nowhere\.csv: there is no such file or folder/],
    [
      ['mix', STUDY, '--forecast', negative],
      /negative\.csv: forecast: row 3, column embed: found -7, expected at least 0/
    ],
    [['horizon', STUDY, '--forecast', unclosed], /unclosed\.csv: forecast: row 2: found a quote that is never closed/],
    [['horizon', STUDY, '--forecast', unsorted], /unsorted\.csv: forecast: row 4, column time: /],
    [['horizon', STUDY, '--forecast', twice], /twice\.csv: forecast: row 4, column time: /],
    [['horizon', STUDY, '--forecast', gap], /gap\.csv: forecast: row 4, column time: /],
    [
      ['mix', STUDY, '--catalogue', prices],
      /prices\.csv: catalogue: row 2, column memGiB: found "many", expected a number/
    ],
    [['mix', unknownKey], /key\.yaml: .*forecasts/],
    [['mix', broken], /broken\.yaml: /],
    [['mix', STUDY, '--html', '/no/such/folder/page.html'], /page\.html: there is no such file or folder/],
    [['what-if', QUICKSTART, '--change', 'growth:2', '--html', '/no/such/page.html'], /page\.html: there is no/],
    [['sweep', QUICKSTART, '--seeds', '1', '--html', '/no/such/page.html'], /page\.html: there is no/],
    [['nothing'], /unknown command 'nothing'/]
  ])('capacity %j', async (args, message) => {
    const { code, stdout, stderr } = await runCommand(['capacity', ...args, '-q'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/fault of replica-compactor|\n {4}at /)
  })
})

describe('what has no answer', () => {
  const study = (deployments: string, types: string) =>
    file(
      'study.json',
      `{ "schemaVersion": 1, "forecast": { "file": "demand.csv" }, "deployments": [${deployments}], "nodeTypes": [${types}] }`
    )
  const small = '{ "type": "small", "capacity": { "cpu": 4 }, "costPerHour": 1, "maxNew": 2 }'
  file('demand.csv', 'time,web\n0,2\n3600,9\n')

  test.each(['mix', 'horizon'])('%s: infeasible is exit code 3, with a page that says so', async (kind) => {
    const page = join(folder, `${kind}.html`)
    const path = study('{ "id": "web", "demand": { "cpu": 2 } }', small)
    const { code, stdout } = await runCommand(['capacity', kind, path, '-q', '--html', page])
    expect(code).toBe(3)
    expect(stdout).toContain('Infeasible')
    expect(existsSync(page)).toBe(true)
    const json = await runCommand(['capacity', kind, path, '-q', '--json'])
    expect(json.code).toBe(3)
    expect(JSON.parse(json.stdout)).toMatchObject({ kind, status: 'infeasible' })
  })

  test('merge has exit code 5 while scenarios are missing', async () => {
    const journal = join(folder, 'half.jsonl')
    const sweep = ['capacity', 'sweep', QUICKSTART, '--seeds', '1,2', '--work-limit', '100', '-q']
    expect((await runCommand([...sweep, '--shard', '0/2', '--journal', journal])).code).toBe(0)
    const page = join(folder, 'half.html')
    expect((await runCommand(['capacity', 'merge', journal, '--html', page])).code).toBe(5)
    expect(readdirSync(folder)).toContain('half.html')
  })
})
