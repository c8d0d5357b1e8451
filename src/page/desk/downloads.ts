import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'

export type DownloadKind = 'result' | 'problem' | 'report' | 'script'

/** A file to be saved. */
export interface DownloadView {
  readonly name: string
  readonly content: Blob
}

/** Something to be written down: the Problem as it was planned, and the Result. */
export interface Written {
  readonly name: string
  readonly problem: Problem
  readonly result: Result | null
}

/** The files that can be saved; made when they are asked for. */
export async function writeDownload(kind: DownloadKind, written: Written): Promise<DownloadView> {
  const base = written.name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80) || 'cluster'
  const { problem, result } = written
  if (kind === 'problem') return json(`${base}.problem.json`, problem)
  if (result === null) throw new Error('there is no Result yet')
  if (kind === 'result') return json(`${base}.result.json`, result)
  const { renderReport, renderScript } = await import('../../report/index.js')
  if (kind === 'script') return text(`${base}.sh`, renderScript(problem, result), 'application/x-sh')
  return text(`${base}.html`, renderReport(problem, result), 'text/html')
}

function json(name: string, value: unknown): DownloadView {
  return text(name, `${JSON.stringify(value, null, 2)}\n`, 'application/json')
}

function text(name: string, content: string, type: string): DownloadView {
  return { name, content: new Blob([content], { type }) }
}
