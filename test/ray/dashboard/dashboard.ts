import { type ApplicationSpec, nodesPayload, servePayload, summaryPayload } from '../payloads.js'
import type { RayCluster } from './ray-cluster.js'

export interface Answer {
  readonly status: number
  readonly body: unknown
}

const SCALE = /^\/api\/v1\/applications\/([^/]+)\/deployments\/([^/]+)\/scale$/

/** The REST endpoints of a dashboard, on a cluster in virtual time. */
export class DashboardDouble {
  constructor(
    readonly cluster: RayCluster,
    private readonly applications: readonly ApplicationSpec[]
  ) {}

  answer(method: string, url: string, body: unknown): Answer {
    const { pathname, searchParams } = new URL(url, 'http://double')
    if (method === 'GET' && pathname === '/api/serve/applications/') return { status: 200, body: this.serve() }
    if (method === 'GET' && pathname === '/api/v0/nodes') return { status: 200, body: nodesPayload(this.nodes()) }
    if (method === 'GET' && pathname === '/nodes' && searchParams.get('view') === 'summary') {
      return { status: 200, body: summaryPayload(this.nodes(), this.usage()) }
    }
    const scale = SCALE.exec(pathname)
    if (method === 'POST' && scale !== null) return this.scale(scale[1] as string, scale[2] as string, body)
    if (method === 'PUT' && pathname === '/api/serve/applications/') return this.deploy(body)
    return { status: 404, body: { error: `nothing at ${method} ${pathname}` } }
  }

  private scale(app: string, deployment: string, body: unknown): Answer {
    const target = (body as { target_num_replicas?: unknown } | null)?.target_num_replicas
    if (!Number.isInteger(target)) return { status: 400, body: { error: 'target_num_replicas is missing' } }
    const status = this.cluster.scaleTo(app, deployment, target as number)
    const error = status === 412 ? 'external_scaler_enabled is not set' : 'no such deployment'
    return { status, body: status === 200 ? { message: 'scaling' } : { error } }
  }

  /** Takes over the numbers of replicas; an application that is not listed is deleted. */
  private deploy(body: unknown): Answer {
    const listed = (
      body as { applications?: { name: string; deployments?: { name: string; num_replicas?: number }[] }[] }
    ).applications
    if (!Array.isArray(listed)) return { status: 400, body: { error: 'applications is missing' } }
    for (const deployment of this.cluster.deployments) {
      const application = listed.find(({ name }) => name === deployment.app)
      const wanted = application?.deployments?.find(({ name }) => name === deployment.name)?.num_replicas
      this.cluster.aimAt(deployment, application === undefined ? 0 : (wanted ?? deployment.target))
    }
    return { status: 200, body: {} }
  }

  private nodes() {
    return this.cluster.nodes.map((node) => ({ ...node, state: node.isAlive ? ('ALIVE' as const) : ('DEAD' as const) }))
  }

  private serve() {
    const specs = this.applications.map((application) => ({
      ...application,
      deployments: application.deployments.map((spec) => {
        const deployment = this.cluster.deployments.find(
          ({ app, name }) => app === application.name && name === spec.name
        )
        const replicas = this.cluster.replicas.filter((replica) => replica.deployment === deployment)
        return {
          ...spec,
          status: deployment?.status ?? 'HEALTHY',
          target: deployment?.target ?? 0,
          replicas: replicas.map(({ id, node, state }) => ({ id, node, state }))
        }
      })
    }))
    return servePayload(specs)
  }

  private usage(): Record<string, string> {
    const usedOn = (nodeId: string, resource: string) =>
      this.cluster.replicas
        .filter(({ node }) => node?.nodeId === nodeId)
        .flatMap(({ deployment }) => deployment.bundles)
        .reduce((sum, bundle) => sum + (bundle[resource] ?? 0), 0)
    return Object.fromEntries(
      this.cluster.nodes.map(({ nodeId, resources }) => [
        nodeId,
        ['CPU', 'GPU']
          .filter((resource) => Object.hasOwn(resources, resource))
          .map((resource) => `${usedOn(nodeId, resource).toFixed(1)}/${resources[resource]?.toFixed(1)} ${resource}`)
          .join('\n')
      ])
    )
  }
}
