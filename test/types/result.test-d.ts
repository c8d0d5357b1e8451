/** A Result says what the contract says. */
import type { Assignment, Plan, Producer, Result, Termination, Violation } from 'replica-compactor'
import type { ViolationCode } from 'replica-compactor/models'
import { holds, type Same } from './same.js'

type Devices = Record<string, number[]>

holds<
  Same<
    keyof Result,
    | 'schemaVersion'
    | 'problem'
    | 'termination'
    | 'primalStatus'
    | 'producer'
    | 'objective'
    | 'bound'
    | 'gap'
    | 'initial'
    | 'placement'
    | 'assumedDevices'
    | 'headroom'
    | 'unplaced'
    | 'violations'
    | 'newNodes'
    | 'releasedNodes'
    | 'plan'
    | 'solve'
    | 'certificate'
    | 'explanation'
  >
>()
holds<Same<Result['schemaVersion'], 1>>()
holds<Same<Result['problem'], { name?: string | undefined; fingerprint: string }>>()
holds<Same<Result['termination'], Termination>>()
holds<
  Same<Termination, 'optimal' | 'gap-limit' | 'time-limit' | 'work-limit' | 'interrupted' | 'infeasible' | 'failed'>
>()
holds<Same<Result['primalStatus'], 'feasible' | 'none'>>()
holds<Same<Producer, 'mip' | 'column-generation' | 'local-search' | 'greedy' | 'initial'>>()
holds<
  Same<
    Pick<Result, 'producer' | 'objective' | 'bound' | 'gap'>,
    {
      producer?: Producer | undefined
      objective?:
        | { costPerHour: number; moveCost: number; migrations: number; activeNodes: number; total: number }
        | undefined
      bound?: { costPerHour: number; moveCost?: number | undefined; total: number } | undefined
      gap?: number | undefined
    }
  >
>()
holds<Same<Result['initial'], { costPerHour: number; activeNodes: number; listedCostPerHour: number }>>()
holds<Same<Result['placement'], Assignment[]>>()
holds<Same<Result['assumedDevices'], { replica: string; devices: Devices }[]>>()
holds<Same<Result['headroom'], { deployment: string; node: string; devices?: Devices | undefined }[]>>()
holds<Same<Result['unplaced'], { replica: string; deployment: string }[]>>()
holds<Same<Result['violations'], Violation[]>>()
holds<Same<Violation, { code: string; where: string; amount: number; message: string }>>()
holds<Same<Result['newNodes'], { id: string; type: string; rented?: boolean | undefined }[]>>()
holds<Same<Result['releasedNodes'], string[]>>()
holds<Same<Result['plan'], Plan>>()

// These two may grow: unknown keys are read, and are of unknown type.
holds<Same<Result['solve']['seconds'], number>>()
holds<Same<Result['solve']['seed'], number | undefined>>()
holds<Same<Result['solve']['solver'], string | undefined>>()
holds<Same<Result['solve']['formulation'], string | undefined>>()
holds<Same<Result['solve']['incumbents'][number]['costPerHour'], number>>()
holds<Same<Result['solve']['incumbents'][number]['search'], string | undefined>>()
type Search = NonNullable<Result['solve']['searches']>[number]
holds<Same<Search['name'], string>>()
holds<Same<Search['seconds'] | Search['incumbents'], number>>()
holds<Same<Search['bestCostPerHour'] | Search['bound'], number | undefined>>()
holds<Same<Result['solve']['profile'], Record<string, number | Record<string, number>> | undefined>>()
holds<Same<Result['solve']['later'], unknown>>()
holds<Same<Result['explanation']['later'], unknown>>()

/** Codes of the checker are among those that a Result may carry. */
export const code = (of: ViolationCode): Violation['code'] => of

declare const result: Result
// @ts-expect-error Where nothing was found there is no objective.
export const cost: number = result.objective.costPerHour
// @ts-expect-error There is no such way to end.
export const ended: boolean = result.termination === 'timeout'
