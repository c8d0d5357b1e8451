/**
 * Which cluster, and as whom: what is asked of a `KubeConfig` of `@kubernetes/client-node`, which is one. Said here in own words, so that
 * the types hold without that package.
 */
export interface ClusterConfig {
  getCurrentCluster(): { readonly server: string } | null
  /** Adds to a request who asks. */
  applySecurityAuthentication(request: never): Promise<void>
}
