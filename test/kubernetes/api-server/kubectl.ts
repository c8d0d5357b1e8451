import { execFile } from 'node:child_process'
import { readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findTool } from '../../needed-tools.js'
import { makeFolder } from '../../scratch-folder.js'
import type { Cluster } from './cluster.js'

export interface KubectlAnswer {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export type Kubectl = (...words: readonly string[]) => Promise<KubectlAnswer>

/** Every kubectl beside the one that is found, as some installations bring several versions: from 1.27 on, by name. */
export function kubectls(): (readonly [name: string, path: string])[] {
  const found = findTool('kubectl')
  if (found === null) return []
  const folder = dirname(realpathSync(found))
  const others = readdirSync(folder).filter((name) => /^kubectl\.1\.\d+$/.test(name))
  return [['kubectl', found] as const, ...others.sort().map((name) => [name, join(folder, name)] as const)]
}

/** A kubectl that talks to a cluster. */
export function kubectlFor(path: string, cluster: Cluster): Kubectl {
  const folder = makeFolder()
  const config = join(folder, 'config')
  writeFileSync(config, cluster.kubeconfig())
  const env = { ...process.env, KUBECONFIG: config, HOME: folder }
  return (...words) =>
    new Promise((resolve) => {
      execFile(path, words, { env, encoding: 'utf8', timeout: 50_000 }, (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
        resolve({ status, stdout, stderr })
      })
    })
}
