/** What may be written against the adapter of Kubernetes where its optional client is not installed. */
import type { Driver } from 'replica-compactor'
import {
  type ClusterConfig,
  importKubernetes,
  type KubernetesDriver,
  type KubernetesUnavailableError,
  kubernetesDriver,
  type PriceOptions,
  type TidiedSurge,
  type WaitNotice
} from 'replica-compactor/kubernetes'
import { holds, type Same } from './same.js'

declare const somewhat: unknown
declare const config: ClusterConfig

const prices: PriceOptions = { prices: { 'm5.large': 0.096 }, unknownPrice: 1 }
const { problem } = importKubernetes([{ name: 'cluster.json', value: somewhat }], { ...prices, localStorage: 'move' })
// @ts-expect-error There is no such option.
importKubernetes([], { localstorage: 'move' })

const waits: WaitNotice[] = []
export const driver: Driver & KubernetesDriver = kubernetesDriver({
  problem,
  kubeConfig: config,
  onWait: (notice) => waits.push(notice)
})
holds<Same<Awaited<ReturnType<typeof driver.tidy>>, TidiedSurge[]>>()
holds<Same<KubernetesUnavailableError['code'], 'KUBERNETES_UNAVAILABLE'>>()
