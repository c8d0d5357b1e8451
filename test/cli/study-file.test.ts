import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/cli/failure.js'
import { readStudyFile } from '../../src/cli/study-file.js'
import { makeFolder } from '../scratch-folder.js'

const folder = makeFolder()
const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const study = file(
  'shop.study.yaml',
  `schemaVersion: 1
catalogue: { file: prices.csv, maxNew: 5 }
forecast: { file: demand.csv }
deployments:
  - { id: chat, demand: { cpu: 2 } }
`
)
file('prices.csv', 'name,vcpu,memGiB,priceOnDemand\nsmall,4,16,0.2\n')
file('demand.csv', 'time,chat\n0,3\n600,4\n')

/** What a study file is refused with, the folder left out. */
async function refusalOf(...args: Parameters<typeof readStudyFile>): Promise<string> {
  const error = await readStudyFile(...args).then(
    () => new Error('read'),
    (reason: unknown) => reason
  )
  expect(error).toBeInstanceOf(UsageError)
  return (error as Error).message.replaceAll(`${folder}/`, '')
}

describe('a study file', () => {
  test('is read with the tables that stand beside it', async () => {
    const { study: read, demand, notes } = await readStudyFile(study)
    expect(read.nodeTypes.map(({ type, maxNew }) => [type, maxNew])).toEqual([['small', 5]])
    expect([...(demand?.counts.get('chat') ?? [])]).toEqual([3, 4])
    expect(notes).toEqual([
      'assumed: daemons and the system take nothing of the nodes of the catalogue (catalogue.overhead)'
    ])
  })

  test('is read with tables given in their place, CSV or JSON', async () => {
    const forecast = file('other.json', '{ "stepSeconds": 60, "series": { "chat": [1, 2, 3] } }')
    const catalogue = file('other-prices.json', '[{ "name": "large", "vcpu": 8, "memGiB": 32, "priceOnDemand": 0.4 }]')
    const { study: read, demand } = await readStudyFile(study, { forecast, catalogue })
    expect(read.nodeTypes.map(({ type }) => type)).toEqual(['large'])
    expect(demand).toMatchObject({ periodSeconds: 60, periods: 3 })
  })

  test('may be a plain Problem', async () => {
    const problem = file(
      'plain.json',
      JSON.stringify({
        schemaVersion: 1,
        nodes: [{ id: 'n', capacity: { cpu: 1 }, costPerHour: 1 }],
        deployments: [{ id: 'd', demand: { cpu: 1 } }],
        replicas: [{ id: 'r', deployment: 'd', node: 'n' }]
      })
    )
    expect(await readStudyFile(problem)).toMatchObject({ forecast: null, demand: null, notes: [] })
  })
})

describe('what is wrong is said with the file where it is', () => {
  test('in a table', async () => {
    const forecast = file('wrong.csv', 'time,chat\n0,3\n600,4 pods\n')
    expect(await refusalOf(study, { forecast })).toBe(
      'wrong.csv: forecast: row 3, column chat: found "4 pods", expected a number without a unit: replicas'
    )
    const catalogue = file('wrong-prices.csv', 'name,vcpu,memGiB\nsmall,4,16\n')
    expect(await refusalOf(study, { catalogue })).toBe(
      'wrong-prices.csv: catalogue: row 1: found the columns name, vcpu, memGiB, expected a column "priceOnDemand"'
    )
  })

  test('in a table of JSON', async () => {
    expect(await refusalOf(study, { forecast: file('wrong.json', '[{ "time": 0, "chat": 3, }]') })).toMatch(
      /^wrong\.json: line 1, column \d+: found } after a comma, expected a key in double quotes/
    )
    expect(
      await refusalOf(study, { forecast: file('rows.json', '[{ "time": 0, "chat": 3 }, { "time": 60, "chat": "x" }]') })
    ).toBe('rows.json: forecast: [1].chat: found "x", expected a number: replicas')
  })

  test('in the study, where its tables do not fit it', async () => {
    const forecast = file('names.csv', 'time,chatt\n0,3\n600,4\n')
    expect(await refusalOf(study, { forecast })).toBe(
      'shop.study.yaml: study: deployments[0].id: found "chat", of which the forecast says nothing, expected one of its series: "chatt" (or "replicas", where its demand does not change)'
    )
  })

  test('in the study itself', async () => {
    expect(await refusalOf(file('wrong.yaml', 'schemaVersion: 1\ndeployments: [{ id: a }]\n'))).toMatch(
      /^wrong\.yaml: study: deployments\[0\]\.demand: found nothing, expected a mapping$/
    )
  })

  test('where a table is not there', async () => {
    const missing = file(
      'missing.yaml',
      'schemaVersion: 1\ncatalogue: { file: no.csv }\ndeployments: [{ id: a, demand: {} }]\n'
    )
    expect(await refusalOf(missing)).toBe('no.csv: there is no such file or folder')
    expect(await refusalOf(study, { forecast: folder })).toBe(`${folder}: this is a folder, not a file`)
  })

  test('where standard input is named twice', async () => {
    expect(await refusalOf('-', { forecast: '-' })).toBe(
      'found "-" twice, expected standard input for at most one of the files'
    )
  })
})
