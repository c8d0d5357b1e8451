import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readReport } from '../../benchmarks/bench/report.mjs'
import { refuteReport } from '../../benchmarks/measures/refute-bounds.mjs'
import { renderPage } from '../../benchmarks/page/page.mjs'
import { isReadmeCurrent } from '../../benchmarks/readme.mjs'

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

describe('the record of the benchmark that is kept', () => {
  const report = readReport(path('benchmarks/results/bench.json'))

  test('is what the page and the picture in README are drawn from', () => {
    expect(readFileSync(path('benchmarks/results/bench.html'), 'utf8')).toBe(renderPage(report))
    expect(isReadmeCurrent()).toBe(true)
  })

  test('is whole: everybody in every experiment, nothing stopped', () => {
    expect(new Set(report.runs.map(({ experiment }) => experiment))).toEqual(new Set(['race', 'savings', 'sizes']))
    expect(report.absent.filter((words) => words.includes('stopped'))).toEqual([])
  })

  test('has no wrong answer of ours', () => {
    const ours = new Set(
      report.contestants.filter(({ kind }) => kind === 'engine' || kind === 'part').map(({ name }) => name)
    )
    const wrong = refuteReport(report).filter(({ wrong, contestant }) => wrong !== null && ours.has(contestant))
    expect(wrong).toEqual([])
  })

  test('says of every instance where it comes from', () => {
    for (const { name, fingerprint, source } of report.instances) {
      expect(fingerprint, name).toMatch(/^sha256:[0-9a-f]{64}$/)
      expect(source, name).not.toBeNull()
    }
  })
})
