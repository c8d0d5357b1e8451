/** A node, as the payloads of a dashboard describe it. */
export interface NodeSpec {
  readonly nodeId: string
  readonly ip: string
  readonly isHead?: boolean
  readonly state?: 'ALIVE' | 'DEAD'
  readonly resources: Readonly<Record<string, number>>
  readonly labels?: Readonly<Record<string, string>>
}

export interface ReplicaSpec {
  readonly id: string
  readonly node: Pick<NodeSpec, 'nodeId' | 'ip'> | null
  readonly state?: string
}

export interface DeploymentSpec {
  readonly name: string
  readonly status?: string
  /** Default: as many as there are replicas. */
  readonly target?: number
  readonly required: Readonly<Record<string, number>>
  readonly replicas: readonly ReplicaSpec[]
  readonly actorOptions?: Readonly<Record<string, unknown>>
  /** What the config file says beside the name; undefined: it does not list the deployment. */
  readonly config?: Readonly<Record<string, unknown>>
  readonly gracefulShutdownSeconds?: number
}

export interface ApplicationSpec {
  readonly name: string
  readonly status?: string
  readonly source?: 'declarative' | 'imperative'
  readonly isScaledOutside?: boolean
  readonly deployments: readonly DeploymentSpec[]
}

/** A hexadecimal id of the length that Ray gives nodes. */
export function nodeIdOf(number: number): string {
  return number.toString(16).padStart(8, '0').padEnd(56, 'abc123')
}

function replicaPayload({ id, node, state = 'RUNNING' }: ReplicaSpec, app: string, deployment: string) {
  return {
    node_id: node?.nodeId ?? null,
    node_ip: node?.ip ?? null,
    node_instance_id: null,
    actor_id: null,
    actor_name: `SERVE_REPLICA::${app}#${deployment}#${id}`,
    worker_id: null,
    log_file_path: null,
    replica_id: id,
    state,
    pid: null,
    start_time_s: 1758100000.25
  }
}

/** What `GET /api/serve/applications/` answers. */
export function servePayload(applications: readonly ApplicationSpec[]) {
  return {
    controller_info: { node_id: null, actor_name: 'SERVE_CONTROLLER_ACTOR' },
    proxy_location: 'EveryNode',
    http_options: { host: '0.0.0.0', port: 8000 },
    grpc_options: null,
    proxies: {},
    deploy_mode: 'MULTI_APP',
    applications: Object.fromEntries(
      applications.map((application) => [application.name, describeApplication(application)])
    ),
    target_capacity: null,
    target_groups: []
  }
}

function describeApplication(application: ApplicationSpec) {
  const { name, status = 'RUNNING', source = 'declarative', deployments, isScaledOutside = false } = application
  const listed = deployments.filter(({ config }) => config !== undefined)
  return {
    name,
    route_prefix: `/${name}`,
    docs_path: null,
    status,
    message: '',
    last_deployed_time_s: 1758099000.5,
    source,
    external_scaler_enabled: isScaledOutside,
    deployed_app_config:
      source === 'imperative'
        ? null
        : {
            name,
            import_path: 'serving:app',
            deployments: listed.map((deployment) => ({ name: deployment.name, ...deployment.config }))
          },
    deployments: Object.fromEntries(deployments.map((each) => [each.name, describeDeployment(each, name)]))
  }
}

function describeDeployment(deployment: DeploymentSpec, app: string) {
  const { name, status = 'HEALTHY', replicas, target = replicas.length, required } = deployment
  return {
    name,
    status,
    status_trigger: 'CONFIG_UPDATE_COMPLETED',
    message: '',
    deployment_config: {
      name,
      num_replicas: target,
      max_ongoing_requests: 16,
      autoscaling_config: null,
      graceful_shutdown_timeout_s: deployment.gracefulShutdownSeconds ?? 20,
      ray_actor_options: { num_cpus: required.CPU ?? 0, ...deployment.actorOptions }
    },
    target_num_replicas: target,
    required_resources: required,
    replicas: replicas.map((replica) => replicaPayload(replica, app, name)),
    autoscaling_detail: null
  }
}

/** The entries of `GET /api/v0/nodes?detail=1`. */
export function nodeStates(nodes: readonly NodeSpec[]) {
  return nodes.map(({ nodeId, ip, isHead = false, state = 'ALIVE', resources, labels = {} }) => ({
    node_id: nodeId,
    node_ip: ip,
    is_head_node: isHead,
    state,
    state_message: null,
    node_name: ip,
    resources_total: {
      ...resources,
      [`node:${ip}`]: 1,
      ...(isHead ? { 'node:__internal_head__': 1 } : {})
    },
    labels: { 'ray.io/node-id': nodeId, ...labels },
    start_time_ms: 1758090000000,
    end_time_ms: 0
  }))
}

/** What `GET /api/v0/nodes?detail=1` answers. */
export function nodesPayload(nodes: readonly NodeSpec[]) {
  const result = nodeStates(nodes)
  const { length } = result
  const inner = { total: length, num_after_truncation: length, num_filtered: length, result }
  return { result: true, msg: '', data: { result: inner } }
}

/** What `GET /nodes?view=summary` answers; `usage` is a text for each node by hexadecimal id. */
export function summaryPayload(nodes: readonly NodeSpec[], usage: Readonly<Record<string, string>> = {}) {
  const summary = nodeStates(nodes).map((node) => ({
    hostname: `ip-${node.node_ip}`,
    ip: node.node_ip,
    raylet: {
      nodeId: node.node_id,
      nodeManagerAddress: node.node_ip,
      state: node.state,
      isHeadNode: node.is_head_node,
      resourcesTotal: node.resources_total,
      labels: node.labels
    }
  }))
  return { result: true, msg: 'Node summary fetched.', data: { summary, nodeLogicalResources: usage } }
}
