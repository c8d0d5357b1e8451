import { KubeConfig } from '@kubernetes/client-node'
import { expect, test, vi } from 'vitest'
import { InputError } from '../../../models/contract/parse.js'
import type { ProblemInput } from '../../../models/contract/problem.js'
import { KubernetesUnavailableError, kubernetesDriver } from '../../../src/adapters/kubernetes/index.js'
import type { StepOf } from '../../../src/execution/driver.js'

const problem: ProblemInput = {
  schemaVersion: 1,
  nodes: [{ id: 'n1', capacity: { cpu: 1 }, costPerHour: 1 }],
  deployments: [{ id: 'default/deployment/web', demand: { cpu: 1 } }],
  replicas: [{ id: 'default/web-0', deployment: 'default/deployment/web', node: 'n1' }]
}
const step: StepOf<'cordon'> = { id: 'c', action: 'cordon', node: 'n1', after: [], startSeconds: 0, endSeconds: 0 }
const call = { id: 'p/c/cordon#1', attempt: 1, signal: new AbortController().signal }

test.each<[object, RegExp]>([
  [{ polMs: 1 }, /polMs: found an unknown option/],
  [{ pollMs: 0 }, /pollMs: found 0, expected a finite number/],
  [{ requestTimeoutMs: Number.POSITIVE_INFINITY }, /requestTimeoutMs/],
  [{ release: 'now' }, /release: found "now", expected a function/],
  [{ kubeConfig: {} }, /kubeConfig: .*expected a KubeConfig/],
  [{ owner: '' }, /owner: found ""/],
  [{ clock: {} }, /clock/],
  [{ movableControllers: 'Rollout' }, /movableControllers: found "Rollout", expected a list of texts/],
  [{ problem: { schemaVersion: 1 } }, /nodes/]
])('%j is refused', (more, message) => {
  expect(() => kubernetesDriver({ problem, ...more })).toThrow(InputError)
  expect(() => kubernetesDriver({ problem, ...more })).toThrow(message)
})

test('a kubeconfig without a cluster is no cluster', async () => {
  const driver = kubernetesDriver({ problem, kubeConfig: new KubeConfig() })
  await expect(driver.cordon(step, call)).rejects.toThrow(KubernetesUnavailableError)
  // What no further attempt mends is not tried again.
  await expect(driver.cordon(step, call)).rejects.toMatchObject({ fault: 'refused', code: 'KUBERNETES_UNAVAILABLE' })
})

test('without the client it is said how to get it', async () => {
  vi.doMock('@kubernetes/client-node', () => {
    throw new Error("Cannot find package '@kubernetes/client-node' imported from here")
  })
  vi.resetModules()
  const { loadClient } = await import('../../../src/adapters/kubernetes/driver/load-client.js')
  await expect(loadClient()).rejects.toThrow(/npm install @kubernetes\/client-node|could not be loaded/)
  vi.doUnmock('@kubernetes/client-node')
})
