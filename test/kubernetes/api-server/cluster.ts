import { ApiServer } from './api-server.js'
import type { ClusterClock } from './clock.js'
import { runControllers } from './control/control-loop.js'
import type { World } from './control/world.js'
import { makeDice } from './dice.js'
import { IdleClock } from './idle-clock.js'
import type { KubeObject } from './objects/objects.js'
import { resourceNamed } from './objects/resources.js'
import { Store } from './objects/store.js'
import { Handler, type HandlerOptions } from './requests/handler.js'

export interface ClusterOptions extends Partial<HandlerOptions> {
  readonly seed?: number
  readonly clock?: ClusterClock
  readonly scoring?: World['scoring']
  readonly place?: World['place']
  readonly objects?: readonly KubeObject[]
}

/** A cluster with its server and controllers, and nothing real in it. */
export interface Cluster {
  readonly url: string
  readonly world: World
  readonly store: Store
  readonly server: ApiServer
  /** A kubeconfig for it; `token`: as whom. */
  readonly kubeconfig: (token?: string) => string
  readonly silence: (node: string) => void
  readonly close: () => Promise<void>
}

export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const clock = options.clock ?? new IdleClock()
  const store = new Store(() => new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'))
  const silentNodes = new Set<string>()
  const world: World = {
    store,
    clock,
    dice: makeDice(options.seed ?? 1),
    place: options.place ?? (() => undefined),
    scoring: options.scoring ?? 'least-allocated',
    silentNodes
  }
  for (const object of options.objects ?? []) store.create(resourceNamed(`${object.kind.toLowerCase()}s`), object)
  runControllers(world)
  const { minor = 30, permissions = new Map() } = options
  const handler = new Handler(world, { minor, permissions })
  const server = new ApiServer(handler, clock instanceof IdleClock ? clock : undefined)
  const url = await server.listen()
  return {
    url,
    world,
    store,
    server,
    kubeconfig: (token) => kubeconfig(url, token),
    silence: (node) => {
      silentNodes.add(node)
    },
    close: async () => {
      clock.close()
      await server.close()
    }
  }
}

function kubeconfig(server: string, token?: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'double',
    clusters: [{ name: 'double', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'someone', user: token === undefined ? {} : { token } }],
    contexts: [{ name: 'double', context: { cluster: 'double', user: 'someone', namespace: 'default' } }]
  })
}
