/** A Problem as read, with every default, says what the contract says. */
import type { Problem } from 'replica-compactor'
import type { Rule, Rung } from 'replica-compactor/models'
import { holds, type Same } from './same.js'

type Amounts = Record<string, number>
type Labels = Record<string, string>
type Selector = Record<string, string[] | { notIn?: string[] | undefined; exists?: boolean | undefined }>

holds<
  Same<
    keyof Problem,
    | 'schemaVersion'
    | 'name'
    | 'source'
    | 'takenAt'
    | 'resources'
    | 'nodes'
    | 'nodeTypes'
    | 'deployments'
    | 'replicas'
    | 'rules'
    | 'headroom'
    | 'budget'
    | 'objective'
    | 'gate'
    | 'migration'
    | 'pending'
  >
>()
holds<Same<Problem['schemaVersion'], 1>>()
holds<
  Same<
    Pick<Problem, 'name' | 'source' | 'takenAt'>,
    { name?: string | undefined; source?: string | undefined; takenAt?: string | undefined }
  >
>()
holds<Same<Problem['resources'], Record<string, { kind: 'device' | 'scalar' }>>>()
holds<
  Same<
    Problem['nodes'][number],
    {
      id: string
      type?: string | undefined
      capacity: Amounts
      costPerHour: number
      labels: Labels
      releasable: boolean
      acceptsReplicas: boolean
      mustEmpty: boolean
    }
  >
>()
holds<
  Same<
    Problem['nodeTypes'][number],
    {
      type: string
      capacity: Amounts
      costPerHour: number
      labels: Labels
      maxNew: number
      provisionSeconds: number
    }
  >
>()
holds<
  Same<
    Problem['deployments'][number],
    {
      id: string
      replicas?: number | undefined
      demand: Amounts
      startupDemand?: Amounts | undefined
      priority: number
      maxReplicasPerNode?: number | undefined
      nodeSelector: Selector
      movable: boolean
      moveCost: number
      startupSeconds: number
      drainSeconds: number
      maxSurge?: number | undefined
      maxUnavailable: number
    }
  >
>()
holds<
  Same<
    Problem['replicas'][number],
    {
      id: string
      deployment: string
      node: string | null
      devices?: Record<string, number[]> | undefined
      movable?: boolean | undefined
      moveCost?: number | undefined
      state: 'running' | 'starting' | 'draining'
      replaces?: string | undefined
      gang?: string | undefined
    }
  >
>()
holds<Same<Problem['headroom'], { deployment: string; replicas: number }[]>>()
holds<
  Same<
    Problem['budget'],
    {
      maxMigrations?: number | undefined
      maxMoveCost?: number | undefined
      maxMigrationsPerDeployment?: number | undefined
    }
  >
>()
holds<Same<Problem['objective'], { horizonHours: number | null; moveCostPrice: number }>>()
holds<Same<Problem['gate'], { paybackHours: number | null; minSavingPerMove: number }>>()
holds<
  Same<
    Problem['migration'],
    {
      level: 'final' | 'any-order' | 'sequenced'
      rungs: Rung[]
      limits: { inFlight: number | null; startsPerNode: number | null; perDeployment: number | null }
      deadlineSeconds: number | null
      validSeconds?: number | undefined
    }
  >
>()
holds<Same<Rung, 'reorder' | 'relabel' | 'delay-release' | 'hop' | 'rent' | 'stop-first' | 'cut'>>()
holds<Same<Problem['pending'], 'required' | 'best-effort'>>()

type RuleOf<Kind extends Rule['kind']> = Extract<Rule, { kind: Kind }>
holds<Same<Problem['rules'], Rule[]>>()
holds<Same<Rule['kind'], 'anti-affinity' | 'conflict' | 'affinity' | 'spread' | 'at-least'>>()
holds<
  Same<RuleOf<'anti-affinity'>, { kind: 'anti-affinity'; deployments: string[]; topologyKey: string; max: number }>
>()
holds<Same<RuleOf<'conflict'>, { kind: 'conflict'; between: [string[], string[]]; topologyKey: string }>>()
holds<Same<RuleOf<'affinity'>, { kind: 'affinity'; deployments: string[]; topologyKey: string }>>()
holds<
  Same<
    RuleOf<'spread'>,
    {
      kind: 'spread'
      deployments: string[]
      topologyKey: string
      minDomains?: number | undefined
      maxSkew?: number | undefined
    }
  >
>()
holds<Same<RuleOf<'at-least'>, { kind: 'at-least'; deployments: string[]; count: number; nodeSelector: Selector }>>()
