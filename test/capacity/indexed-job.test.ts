import { execFileSync } from 'node:child_process'
import { readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type IndexedJobOptions, makeSweep, parseShard, renderIndexedJob } from 'replica-compactor/capacity'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { findTool, needTool } from '../needed-tools.js'
import { makeFolder } from '../scratch-folder.js'
import { samplePlan, sampleSweep } from './sample-sweep.js'
import { smallCluster } from './small-cluster.js'

const options: IndexedJobOptions = {
  name: 'growth-sweep',
  image: 'registry.example/replica-compactor:0.1.0',
  shards: 4,
  plan: JSON.stringify(samplePlan),
  problem: { text: JSON.stringify(smallCluster) },
  results: { size: '1Gi' }
}

type Document = {
  kind: string
  metadata: { name: string }
  data?: Record<string, string>
  spec?: Record<string, unknown>
}
const documentsOf = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as Document)

/** What a Job asks its container to run, the index filled in as Kubernetes does it. */
function argumentsOf(text: string, index: number): string[] {
  const job = documentsOf(text).find(({ kind }) => kind === 'Job')
  const template = job?.spec?.template as { spec: { containers: { args: string[] }[] } }
  return (template.spec.containers[0]?.args ?? []).map((arg) =>
    arg.replaceAll('$(JOB_COMPLETION_INDEX)', String(index))
  )
}

/** Every kubectl beside the one that is found, as some installations bring several versions. */
function kubectls(): string[] {
  const found = findTool('kubectl')
  if (found === null) return []
  const folder = dirname(realpathSync(found))
  const others = readdirSync(folder).filter((name) => /^kubectl\.1\.\d+$/.test(name))
  // backoffLimitPerIndex came with 1.28.
  return [found, ...others.filter((name) => Number(name.split('.')[2]) >= 28).map((name) => join(folder, name))]
}

describe('an Indexed Job', () => {
  test('starts a pod for each shard, counted from 0 on both sides', () => {
    const text = renderIndexedJob(options)
    const shards = [0, 1, 2, 3].map((index) => {
      const args = argumentsOf(text, index)
      return parseShard(args[args.indexOf('--shard') + 1] ?? '')
    })
    expect(shards).toEqual([0, 1, 2, 3].map((index) => ({ index, count: 4 })))
    const journals = [0, 3].map((index) => argumentsOf(text, index).find((arg) => arg.endsWith('.jsonl')))
    expect(journals).toEqual(['/results/growth-sweep-0.jsonl', '/results/growth-sweep-3.jsonl'])
    expect(documentsOf(text).map(({ kind }) => kind)).toEqual(['ConfigMap', 'PersistentVolumeClaim', 'Job'])
  })

  test('what is in its ConfigMap is the same sweep', () => {
    const data = documentsOf(renderIndexedJob(options))[0]?.data ?? {}
    const there = makeSweep(JSON.parse(data['problem.json'] ?? ''), JSON.parse(data['sweep.json'] ?? ''))
    expect(there.id).toBe(sampleSweep().id)
  })

  test('takes the problem from a volume, and puts journals on one that exists', () => {
    const text = renderIndexedJob({
      ...options,
      namespace: 'planning',
      problem: { claim: 'clusters', path: 'today/cluster.json' },
      results: { claim: 'journals' },
      resources: { cpu: '3500m', memory: '8Gi' },
      parallelism: 2
    })
    const [map, job] = documentsOf(text)
    expect(Object.keys(map?.data ?? {})).toEqual(['sweep.json'])
    const args = argumentsOf(text, 0)
    expect(args).toContain('/study/today/cluster.json')
    expect(args[args.indexOf('--concurrency') + 1]).toBe('3')
    expect(job?.spec).toMatchObject({
      parallelism: 2,
      completions: 4,
      completionMode: 'Indexed',
      backoffLimitPerIndex: 3
    })
    expect(text).toContain('kubectl -n planning get job growth-sweep')
  })

  test.each<[Partial<IndexedJobOptions>, RegExp]>([
    [{ name: 'Growth_Sweep' }, /name: found "Growth_Sweep"/],
    [{ name: 'x'.repeat(60) }, /name/],
    [{ image: '' }, /image: found ""/],
    [{ shards: 0 }, /shards: found 0/],
    [{ parallelism: 5 }, /parallelism: found 5, expected a whole number from 1 to 4/],
    [{ backoffLimitPerIndex: -1 }, /backoffLimitPerIndex/],
    [{ resources: { memory: 'much' } }, /resources\.memory: found "much"/],
    [{ results: { size: '' } }, /results\.size/],
    [{ problem: { text: 'x'.repeat(1_000_001) } }, /bytes.*put the problem on a volume/]
  ])('%j is refused', (more, message) => {
    expect(() => renderIndexedJob({ ...options, ...more })).toThrow(message)
  })
})

describe('kubectl', () => {
  needTool('kubectl')
  const texts = [
    ['all of it', renderIndexedJob(options)],
    ['with claims', renderIndexedJob({ ...options, problem: { claim: 'a', path: 'b.json' }, results: { claim: 'c' } })]
  ] as const

  // Without a server nothing is sent: it reads into its own types, which drop what they do not know, and writes them again.
  test.each(texts)('reads every field that is written: %s', (_, text) => {
    const folder = makeFolder()
    for (const [at, document] of documentsOf(text).entries()) {
      const file = join(folder, `${at}.json`)
      writeFileSync(file, JSON.stringify(document))
      for (const kubectl of kubectls()) {
        const verb = document.kind === 'Job' ? ['set', 'env', 'SEEN=1'] : ['annotate', 'seen=1']
        const args = [...verb, '--local', '-o', 'json', '-f', file]
        const said = execFileSync(kubectl, args, {
          env: { ...process.env, KUBECONFIG: '/dev/null', HOME: folder },
          encoding: 'utf8'
        })
        expect(JSON.parse(said), kubectl).toMatchObject(document)
      }
    }
  })

  test('and would not read what is no field', () => {
    const file = join(makeFolder(), 'job.json')
    const job = documentsOf(renderIndexedJob(options)).at(-1)
    writeFileSync(file, JSON.stringify({ ...job, spec: { ...job?.spec, backoffLimitPerShard: 3 } }))
    const [kubectl = ''] = kubectls()
    const said = execFileSync(kubectl, ['set', 'env', 'SEEN=1', '--local', '-o', 'json', '-f', file], {
      encoding: 'utf8'
    })
    expect(JSON.parse(said).spec).not.toHaveProperty('backoffLimitPerShard')
  })
})
