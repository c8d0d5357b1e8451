/** Changes, what-if and sweeps: their options and answers. */

import type { Problem } from 'replica-compactor'
import {
  applyChanges,
  type Change,
  type ChangeInput,
  makeSweep,
  mergeSweeps,
  parseSweepJournal,
  type RunSweepOptions,
  runSweep,
  type ScenarioRecord,
  type Sweep,
  type SweepAnswer,
  type WhatIfAnswer,
  type WhatIfOptions,
  whatIf
} from 'replica-compactor/capacity'
import { holds, type Same } from './same.js'

declare const anything: unknown
declare const signal: AbortSignal

holds<
  Same<
    Change['kind'],
    | 'price'
    | 'growth'
    | 'add-deployment'
    | 'remove-deployment'
    | 'demand'
    | 'remove-type'
    | 'remove-nodes'
    | 'lose'
    | 'add-nodes'
    | 'add-rule'
    | 'remove-rule'
    | 'budget'
    | 'max-new'
  >
>()
holds<
  Same<
    keyof RunSweepOptions,
    'concurrency' | 'shard' | 'journal' | 'retryFailed' | 'executor' | 'signal' | 'onProgress' | 'onRecord'
  >
>()
holds<Same<RunSweepOptions, Readonly<Partial<RunSweepOptions>>>>()
holds<
  Same<
    keyof WhatIfOptions,
    | 'timeLimitMs'
    | 'workLimit'
    | 'relativeGap'
    | 'seed'
    | 'threads'
    | 'solver'
    | 'maxMigrations'
    | 'maxMoveCost'
    | 'signal'
    | 'onProgress'
  >
>()
holds<Same<SweepAnswer['scenarios'], readonly ScenarioRecord[]>>()
holds<Same<WhatIfAnswer['kind'], 'what-if'>>()
holds<Same<NonNullable<WhatIfAnswer['variants'][number]['difference']>['verdict'], 'more' | 'less' | 'same' | 'open'>>()

export async function calls(): Promise<void> {
  const change: ChangeInput = { kind: 'price', nodeSelector: { zone: 'a' }, factor: 1.2 }
  const changed = applyChanges(anything, [change, { kind: 'growth', factor: 2 }])
  holds<Same<typeof changed, Problem>>()
  const sweep = makeSweep(changed, { axes: [{ name: 'growth', values: ['none', { changes: [change] }] }], seeds: [1] })
  holds<Same<typeof sweep, Sweep>>()
  const answer = await runSweep(sweep, {
    signal,
    shard: { index: 0, count: 2 },
    onProgress: ({ remainingMs }) => remainingMs
  })
  holds<Same<typeof answer, SweepAnswer>>()
  holds<Same<ReturnType<typeof mergeSweeps>, SweepAnswer>>()
  mergeSweeps([parseSweepJournal('', 'nothing')])
  const told = await whatIf(anything, ['growth:1.3', { label: 'more', changes: ['growth:2', change] }], {
    workLimit: 100
  })
  holds<Same<typeof told, WhatIfAnswer>>()
}

// @ts-expect-error A factor or a price is needed somewhere, and is called so.
applyChanges(anything, [{ kind: 'growth', times: 2 }] satisfies ChangeInput[])
