import type { Certificate, Problem, Result } from 'replica-compactor'
import { InputError, verifyResult } from 'replica-compactor'
import { beforeAll, expect, test } from 'vitest'
import { verifyCertificate } from '../../models/certificate/verify-certificate.js'
import { certifyCluster } from './certified-cluster.js'

type Writable<Value> = Value extends readonly (infer Entry)[]
  ? Writable<Entry>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Writable<Value[Key]> }
    : Value

let cluster: { problem: Problem; result: Result; certificate: Certificate }
beforeAll(async () => {
  cluster = await certifyCluster()
})

const first = <Entry>(list: readonly Entry[]): Entry => list[0] as Entry

/** The branch of least bound, and its prices. */
function weakest(certificate: Writable<Certificate>) {
  const branch = [...certificate.branches].sort(
    (left, right) => left.bound - right.bound
  )[0] as (typeof certificate.branches)[0]
  return { branch, prices: certificate.prices[branch.prices ?? 0] as (typeof certificate.prices)[0] }
}

const mutations: Record<string, (certificate: Writable<Certificate>) => void> = {
  'a higher bound': (certificate) => {
    certificate.bound += 1
  },
  'a higher bound of a branch': (certificate) => {
    weakest(certificate).branch.bound += 1
  },
  'higher bounds everywhere': (certificate) => {
    certificate.bound *= 1.01
    for (const branch of certificate.branches) branch.bound *= 1.01
  },
  'no branches': (certificate) => {
    certificate.branches = []
  },
  'a branch left out': (certificate) => {
    certificate.branches.pop()
  },
  'a branch twice': (certificate) => {
    certificate.branches.push(first(certificate.branches))
  },
  'a branch in the place of another': (certificate) => {
    certificate.branches[certificate.branches.length - 1] = first(certificate.branches)
  },
  'a branch with fewer nodes at most': (certificate) => {
    const { most, least } = first(certificate.branches)
    const kind = most.findIndex((count, index) => count > (least[index] as number))
    most[kind] = (most[kind] as number) - 1
  },
  'a branch with more nodes than there are': (certificate) => {
    const { most } = first(certificate.branches)
    most[0] = 1_000
  },
  'a branch with more at least than at most': (certificate) => {
    const { most, least } = first(certificate.branches)
    ;[least[0], most[0]] = [(most[0] as number) + 1, least[0] as number]
  },
  'a branch that limits too few kinds': (certificate) => {
    first(certificate.branches).most.pop()
  },
  'a branch with prices that there are not': (certificate) => {
    first(certificate.branches).prices = 999
  },
  'a branch without prices that keeps its bound': (certificate) => {
    weakest(certificate).branch.prices = null
  },
  'a negative price of copies': (certificate) => {
    const { prices } = weakest(certificate)
    prices.copies[0] = -1
  },
  'a negative price of a row': (certificate) => {
    weakest(certificate).prices.rows[0] = -1
  },
  'a price that is no number': (certificate) => {
    weakest(certificate).prices.copies[0] = Number.NaN
  },
  'an infinite price': (certificate) => {
    weakest(certificate).prices.copies[0] = Number.POSITIVE_INFINITY
  },
  'a price too few': (certificate) => {
    weakest(certificate).prices.copies.pop()
  },
  'a price too many': (certificate) => {
    weakest(certificate).prices.rows.push(0)
  },
  'higher prices of copies': (certificate) => {
    const { prices } = weakest(certificate)
    prices.copies = prices.copies.map((price) => price * 1.1)
  },
  'a higher price of the budget': (certificate) => {
    weakest(certificate).prices.rows[0] = 1000
  },
  'lower worths of kinds and groups': (certificate) => {
    const { prices } = weakest(certificate)
    prices.kindWorths = prices.kindWorths.map((worth) => worth * 0.9)
    prices.groupWorths = prices.groupWorths.map((worth) => worth * 0.9)
  },
  'the worth of one group left out of account': (certificate) => {
    const { prices } = weakest(certificate)
    prices.groupWorths[prices.groupWorths.indexOf(Math.max(...prices.groupWorths))] = 0
  },
  'a worth that is no number': (certificate) => {
    weakest(certificate).prices.kindWorths[0] = Number.NaN
  },
  'a worth too few': (certificate) => {
    weakest(certificate).prices.groupWorths.pop()
  },
  'worths in another order': (certificate) => {
    weakest(certificate).prices.groupWorths.reverse()
  },
  'a kind of which there are more': (certificate) => {
    first(certificate.kinds).nodes++
  },
  'a kind left out': (certificate) => {
    certificate.kinds.pop()
  },
  'kinds in another order': (certificate) => {
    certificate.kinds.reverse()
  },
  'a kind twice': (certificate) => {
    certificate.kinds[1] = first(certificate.kinds)
  },
  'a node that there is not': (certificate) => {
    first(certificate.kinds).node = '__proto__'
  },
  'a group left out': (certificate) => {
    certificate.groups.pop()
  },
  'groups left out, and what stays with them': (certificate) => {
    certificate.groups = []
    for (const prices of certificate.prices) prices.groupWorths = []
  },
  'a deployment in the place of another': (certificate) => {
    certificate.deployments[0] = certificate.deployments[1] as (typeof certificate.deployments)[0]
  },
  'a row that the Problem has not': (certificate) => {
    certificate.rows[0] = 'rule 0'
  },
  'a row twice': (certificate) => {
    certificate.rows.push(first(certificate.rows))
    for (const { rows } of certificate.prices) rows.push(first(rows))
  }
}

test('the certificate holds as it is', () => {
  expect(verifyCertificate(cluster.problem, cluster.result).violations).toEqual([])
})

test.each(Object.entries(mutations))('%s: found', (_, mutate) => {
  const certificate = structuredClone(cluster.certificate) as Writable<Certificate>
  mutate(certificate)
  const { violations } = verifyCertificate(cluster.problem, { ...cluster.result, certificate })
  expect(violations.map(({ code }) => code)).toContain('bound')
})

test('prices that are no numbers are no Result in a file', () => {
  const certificate = structuredClone(cluster.certificate) as Writable<Certificate>
  weakest(certificate).prices.copies[0] = Number.NaN
  const written = JSON.parse(JSON.stringify({ ...cluster.result, certificate }))
  expect(() => verifyResult(cluster.problem, written)).toThrow(InputError)
})

test('any prices prove something: a bound that they prove is believed, whoever chose them', () => {
  const certificate = structuredClone(cluster.certificate) as Writable<Certificate>
  const { prices } = weakest(certificate)
  prices.copies = prices.copies.map((price) => price * 0.9)
  for (const branch of certificate.branches) branch.bound = 0
  certificate.bound = 0
  const { confirmed, violations } = verifyCertificate(cluster.problem, { ...cluster.result, certificate })
  expect(violations).toEqual([])
  expect(confirmed).toBeGreaterThan(0)
})

test('without effort less is confirmed, and said so', () => {
  const { certificate } = cluster
  const { confirmed, violations } = verifyCertificate(cluster.problem, cluster.result, 0)
  expect(confirmed).toBeLessThanOrEqual(certificate.bound + 1e-6)
  const messages = violations.map(({ message }) => message)
  expect(messages).toContainEqual(expect.stringContaining('could not be ruled out within the effort'))
  expect(messages).toContainEqual(expect.stringContaining(`confirmed up to ${confirmed}`))
})

test('a certificate of another Problem proves nothing for this one', () => {
  const { problem, result } = cluster
  const nodes = problem.nodes.map((node) => ({ ...node, costPerHour: node.costPerHour * 0.9 }))
  expect(verifyCertificate({ ...problem, nodes }, result).violations).not.toEqual([])
  const { budget } = { budget: { ...problem.budget, maxMigrations: 1_000 } }
  expect(verifyCertificate({ ...problem, budget }, result).violations).not.toEqual([])
})
