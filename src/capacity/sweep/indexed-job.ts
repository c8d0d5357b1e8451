import { Document, stringify } from 'yaml'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'

/** What an Indexed Job of Kubernetes that runs a sweep is made of. */
export interface IndexedJobOptions {
  /** Name of the Job, of its ConfigMap and, where they are made, its volume claim: lower-case letters, digits and dashes. */
  readonly name: string
  readonly namespace?: string
  /** Image in which `replica-compactor` can be called. */
  readonly image: string
  /** Pods, each with a shard of its own. */
  readonly shards: number
  /** Pods at a time. Default: all. */
  readonly parallelism?: number
  /** The sweep's plan, as JSON or YAML: small enough for a ConfigMap. */
  readonly plan: string
  /** The Problem: its text, kept in the ConfigMap, or a volume claim that has it and the path in there. */
  readonly problem: { readonly text: string } | { readonly claim: string; readonly path: string }
  /** Where journals go: a claim that exists, or the size of one that is made, which all pods can write. */
  readonly results: { readonly claim: string } | { readonly size: string; readonly storageClass?: string }
  /** CPUs and memory of a pod, as Kubernetes writes them. Default 2 and 2Gi. */
  readonly resources?: { readonly cpu?: string; readonly memory?: string }
  /** How often a pod may fail, for each shard. Default 3. */
  readonly backoffLimitPerIndex?: number
}

/** A ConfigMap holds 1 MiB, names and keys included. */
const MOST_CONFIG_BYTES = 1_000_000

const STUDY = '/study'
const SWEEP = '/sweep'
const RESULTS = '/results'

/**
 * YAML of an Indexed Job that runs a sweep, one shard in each pod, with the ConfigMap and volume claim that it needs. A pod that is started
 * again goes on from its journal. Kubernetes counts pods from 0, and so does `--shard`. Needs Kubernetes 1.29, or 1.28 with the feature
 * gate JobBackoffLimitPerIndex. Throws InputError.
 */
export function renderIndexedJob(options: IndexedJobOptions): string {
  checkOptions(options)
  const { name, problem, plan, results } = options
  const isInMap = 'text' in problem
  const metadata = { name, ...(options.namespace === undefined ? {} : { namespace: options.namespace }) }
  const claim = 'claim' in results ? results.claim : `${name}-results`
  const documents = [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { 'sweep.json': plan, ...(isInMap ? { 'problem.json': problem.text } : {}) }
    },
    ...('claim' in results
      ? []
      : [
          {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: { ...metadata, name: claim },
            spec: {
              accessModes: ['ReadWriteMany'],
              ...(results.storageClass === undefined ? {} : { storageClassName: results.storageClass }),
              resources: { requests: { storage: results.size } }
            }
          }
        ]),
    { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: describeJob(options, claim) }
  ]
  const [first, ...others] = documents.map((document) => stringify(document, { lineWidth: 0 }))
  return `${describeUse(options, claim)}${[first, ...others].join('---\n')}`
}

function describeJob(options: IndexedJobOptions, claim: string) {
  const { name, image, shards, parallelism = shards, problem, resources = {}, backoffLimitPerIndex = 3 } = options
  const { cpu = '2', memory = '2Gi' } = resources
  const isInMap = 'text' in problem
  const file = isInMap ? `${SWEEP}/problem.json` : `${STUDY}/${problem.path}`
  return {
    completionMode: 'Indexed',
    completions: shards,
    parallelism,
    backoffLimitPerIndex,
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [
          {
            name: 'sweep',
            image,
            command: ['replica-compactor'],
            args: [
              ...['capacity', 'sweep', file, '--sweep', `${SWEEP}/sweep.json`],
              ...['--shard', `$(JOB_COMPLETION_INDEX)/${shards}`],
              ...['--journal', `${RESULTS}/${name}-$(JOB_COMPLETION_INDEX).jsonl`],
              ...['--concurrency', String(coresOf(cpu)), '--retry-failed', '--json']
            ],
            resources: { requests: { cpu, memory }, limits: { memory } },
            volumeMounts: [
              { name: 'sweep', mountPath: SWEEP, readOnly: true },
              ...(isInMap ? [] : [{ name: 'study', mountPath: STUDY, readOnly: true }]),
              { name: 'results', mountPath: RESULTS }
            ]
          }
        ],
        volumes: [
          { name: 'sweep', configMap: { name } },
          ...(isInMap ? [] : [{ name: 'study', persistentVolumeClaim: { claimName: problem.claim, readOnly: true } }]),
          { name: 'results', persistentVolumeClaim: { claimName: claim } }
        ]
      }
    }
  }
}

/** What to do with it, as comments at its beginning. */
function describeUse({ name, namespace, shards }: IndexedJobOptions, claim: string): string {
  const own = namespace === undefined ? '' : ` -n ${namespace}`
  const document = new Document()
  document.commentBefore = [
    ` A sweep in ${shards} shards, counted from 0, as Kubernetes counts the pods of an Indexed Job.`,
    '   start    kubectl apply -f THIS_FILE',
    `   watch    kubectl${own} get job ${name} --watch`,
    `   collect  from the volume claim ${claim}: ${name}-0.jsonl to ${name}-${shards - 1}.jsonl`,
    `   merge    replica-compactor capacity merge ${name}-*.jsonl -o answer.json`,
    ' A pod that is started again goes on from its journal. Missing shards are named by merge.'
  ].join('\n')
  return `${document
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('#'))
    .join('\n')}\n`
}

/** Whole cores of an amount of CPU, at least 1: a container does not see its own limit. */
function coresOf(cpu: string): number {
  const amount = cpu.endsWith('m') ? Number(cpu.slice(0, -1)) / 1000 : Number(cpu)
  return Math.max(1, Math.floor(amount))
}

function checkOptions(options: IndexedJobOptions): void {
  const { name, image, shards, parallelism, plan, problem, results, resources = {}, backoffLimitPerIndex } = options
  const issues: InputIssue[] = []
  const expect = (holds: boolean, path: string, found: unknown, expected: string, hint?: string) => {
    if (!holds) issues.push({ path, found: JSON.stringify(found) ?? 'nothing', expected, ...(hint && { hint }) })
  }
  const isCount = (value: number, least: number, most: number) =>
    Number.isSafeInteger(value) && value >= least && value <= most
  const isName = (value: string) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(value)
  // Pods are called after the Job and their index, and that must be a label, too.
  const longest = 63 - 1 - String(shards).length - '-results'.length
  expect(
    isName(name) && name.length <= longest,
    'name',
    name,
    `lower-case letters, digits and dashes, ${longest} at most`
  )
  expect(
    options.namespace === undefined || isName(options.namespace),
    'namespace',
    options.namespace,
    'the name of a namespace'
  )
  expect(image !== '' && !/\s/.test(image), 'image', image, 'the name of an image')
  expect(isCount(shards, 1, 100_000), 'shards', shards, 'a whole number from 1 to 100000')
  expect(
    parallelism === undefined || isCount(parallelism, 1, shards),
    'parallelism',
    parallelism,
    `a whole number from 1 to ${shards}`
  )
  expect(
    backoffLimitPerIndex === undefined || isCount(backoffLimitPerIndex, 0, 1000),
    'backoffLimitPerIndex',
    backoffLimitPerIndex,
    'a whole number from 0 to 1000'
  )
  const isAmount = (value: string | undefined) => value === undefined || /^\d+(\.\d+)?(m|[kKMGTP]i?)?$/.test(value)
  expect(isAmount(resources.cpu), 'resources.cpu', resources.cpu, 'an amount such as 2 or 500m')
  expect(isAmount(resources.memory), 'resources.memory', resources.memory, 'an amount such as 2Gi')
  if ('size' in results) expect(isAmount(results.size), 'results.size', results.size, 'an amount such as 1Gi')
  const bytes = new TextEncoder().encode(plan + ('text' in problem ? problem.text : '')).length
  const hint = 'put the problem on a volume, and name its claim'
  expect(bytes <= MOST_CONFIG_BYTES, 'problem', `${bytes} bytes`, `at most ${MOST_CONFIG_BYTES} for a ConfigMap`, hint)
  if (issues.length > 0) throw new InputError('job', issues)
}
