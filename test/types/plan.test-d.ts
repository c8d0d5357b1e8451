/** Placements and plans say what the contract says. */
import type { Action, Assignment, Placement, PlacementInput, Plan, Step } from 'replica-compactor'
import { holds, type Same } from './same.js'

type Devices = Record<string, number[]>
type StepOf<Name extends Action> = Extract<Step, { action: Name }>
interface Timing {
  id: string
  after: string[]
  startSeconds: number
  endSeconds: number
}
interface Copy extends Timing {
  replica: string
  deployment?: string | undefined
}
/** The same keys in one shape. */
type Flat<Shape> = { [Key in keyof Shape]: Shape[Key] }

interface RungUse {
  rung: 'reorder' | 'relabel' | 'delay-release' | 'hop' | 'rent' | 'stop-first' | 'cut'
  moves: number
  extraMigrations: number
  extraMoveCost: number
  rentCost?: number | undefined
  downSeconds?: number | undefined
}
holds<
  Same<
    Plan,
    {
      status: 'complete' | 'partial'
      steps: Step[]
      makespanSeconds: number
      id?: string | undefined
      makespanBoundSeconds?: number | undefined
      limits?: { inFlight: number | null; startsPerNode: number | null; perDeployment: number | null } | undefined
      rungs?: RungUse[] | undefined
      funding?:
        | {
            code: string
            where: string
            subject: string
            payments: { from: string; to: string; amount: number }[]
          }[]
        | undefined
      spareMigrations?: number | undefined
      validSeconds?: number | undefined
    }
  >
>()
holds<Same<Action, 'cordon' | 'uncordon' | 'provision' | 'start' | 'shift' | 'drain' | 'stop' | 'release'>>()
holds<Same<StepOf<'cordon'>, Flat<Timing & { action: 'cordon'; node: string }>>>()
holds<Same<StepOf<'uncordon'>, Flat<Timing & { action: 'uncordon'; node: string }>>>()
holds<Same<StepOf<'provision'>, Flat<Timing & { action: 'provision'; node: string; type?: string | undefined }>>>()
holds<Same<StepOf<'release'>, Flat<Timing & { action: 'release'; node: string }>>>()
holds<
  Same<
    StepOf<'start'>,
    Flat<
      Copy & {
        action: 'start'
        node: string
        devices?: Devices | undefined
        expects?: { deployment: string; host: string | null; room: Record<string, number> } | undefined
      }
    >
  >
>()
holds<Same<StepOf<'shift'>, Flat<Copy & { action: 'shift'; from: string; to: string }>>>()
holds<Same<StepOf<'drain'>, Flat<Copy & { action: 'drain'; node: string }>>>()
holds<Same<StepOf<'stop'>, Flat<Copy & { action: 'stop'; node: string }>>>()

holds<
  Same<Assignment, { replica: string; deployment?: string | undefined; node: string; devices?: Devices | undefined }>
>()
holds<
  Same<
    Placement,
    {
      schemaVersion: 1
      placement: Assignment[]
      newNodes: { id: string; type: string; rented?: boolean | undefined }[]
      headroom: { deployment: string; node: string; devices?: Devices | undefined }[]
      assumedDevices: { replica: string; devices: Devices }[]
      producer?: 'mip' | 'column-generation' | 'local-search' | 'greedy' | 'initial' | undefined
    }
  >
>()

export const least: PlacementInput = { schemaVersion: 1, placement: [] }
// @ts-expect-error In the end every replica of a placement has a node.
export const pending: PlacementInput = { schemaVersion: 1, placement: [{ replica: 'a-0', node: null }] }
