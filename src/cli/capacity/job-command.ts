import { basename } from 'node:path'
import { type IndexedJobOptions, renderIndexedJob } from '../../capacity/sweep/indexed-job.js'
import { makeSweep } from '../../capacity/sweep/sweep.js'
import { checkOutputs, writeWhole } from '../output.js'
import { readSweepInput, type SweepPlanOptions } from './sweep-input.js'

interface JobCommandOptions extends SweepPlanOptions {
  readonly image: string
  readonly shards: number
  readonly name: string
  readonly namespace?: string
  readonly parallelism?: number
  readonly problemClaim?: string
  readonly problemPath?: string
  readonly resultsClaim?: string
  readonly resultsSize: string
  readonly storageClass?: string
  readonly cpu: string
  readonly memory: string
  readonly backoffLimit: number
  readonly output?: string
}

/** `capacity job PROBLEM`: a Kubernetes Indexed Job that runs the sweep. The sweep is checked here, before anything is started there. */
export async function runJobCommand(path: string, options: JobCommandOptions): Promise<void> {
  const { output, problemClaim, storageClass, resultsClaim } = options
  await checkOutputs({ '-o': output }, [path])
  const { problem, plan } = await readSweepInput(path, options)
  makeSweep(problem, plan)
  const { image, shards, name, namespace, parallelism, cpu, memory } = options
  const results: IndexedJobOptions['results'] =
    resultsClaim === undefined
      ? { size: options.resultsSize, ...(storageClass && { storageClass }) }
      : { claim: resultsClaim }
  const text = renderIndexedJob({
    name,
    image,
    shards,
    plan: JSON.stringify({ schemaVersion: 1, ...plan }),
    problem:
      problemClaim === undefined
        ? { text: JSON.stringify(problem) }
        : { claim: problemClaim, path: options.problemPath ?? basename(path) },
    results,
    resources: { cpu, memory },
    backoffLimitPerIndex: options.backoffLimit,
    ...(namespace === undefined ? {} : { namespace }),
    ...(parallelism === undefined ? {} : { parallelism })
  })
  if (output === undefined) process.stdout.write(text)
  else await writeWhole(output, text)
}
