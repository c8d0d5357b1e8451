import { brokenRules, type PlacedCopy } from '../checker/broken-rules.js'
import { exceeds } from '../checker/tolerance.js'
import { collectViolations } from '../checker/violations.js'
import type { Certificate } from '../contract/certificate.js'
import type { Problem } from '../contract/problem.js'
import type { Result, Violation } from '../contract/result.js'
import { boundBranch, type Proof } from './branch-bound.js'
import { findFlawOfCover } from './cover.js'
import { Effort } from './effort.js'
import { type Fleet, readFleet } from './fleet.js'
import { type FleetRow, linkingRows } from './linking.js'
import { readNames } from './names.js'
import { priceProof } from './price-proof.js'
import { roundUpToUnit } from './round-up.js'

/** Units of work by default: some tens of seconds. */
const MOST_WORK = 30_000_000

/** What of a certificate could be recomputed. */
export interface ConfirmedBound {
  /** No placement has a smaller primary objective: recomputed from the Problem, at the certificate's prices. 0 where it has flaws. */
  readonly confirmed: number
  /** Under the code `bound`: what is wrong with the certificate, or why it proves less than it says. Empty when nothing is. */
  readonly violations: readonly Violation[]
}

/**
 * Recomputes the bound that a certificate proves, without a solver and without believing anything but its prices: those may be any.
 * Never throws.
 */
export function verifyCertificate(
  problem: Problem,
  { certificate, bound }: Pick<Result, 'certificate' | 'bound'>,
  work = MOST_WORK
): ConfirmedBound {
  const { violations, report } = collectViolations()
  const flaw = (message: string, amount = 1) => report('bound', 'certificate', message, amount)
  if (certificate === undefined) return { confirmed: 0, violations }
  const fleet = readFleet(problem)
  const rows = linkingRows(fleet, certificate)
  const names = readNames(fleet, certificate, rows)
  for (const message of [...whyNotApplicable(problem), ...names.flaws, ...findFlawsOfForm(certificate)]) flaw(message)
  const cover = findFlawOfCover(
    certificate.branches,
    certificate.kinds.map(({ nodes }) => nodes)
  )
  if (cover !== null) flaw(cover)
  if (violations.length > 0) return { confirmed: 0, violations }
  const hasGroups = certificate.groups.length > 0
  const effort = new Effort(work)
  const priced = certificate.prices.map((prices) =>
    priceProof(fleet, names.rows, inOrderOf(names, prices), hasGroups, effort)
  )
  const trivial = certificate.branches.some(({ prices }) => prices === null)
    ? priceProof(fleet, names.rows, noPrices(fleet, names.rows), hasGroups, effort)
    : null
  for (const [index, { flaws }] of priced.entries()) for (const message of flaws) flaw(`prices ${index}: ${message}`)
  let least = Infinity
  for (const [index, branch] of certificate.branches.entries()) {
    const { proof } = (branch.prices === null ? trivial : priced[branch.prices]) as { proof: Proof }
    const box = { least: reordered(branch.least, names.kinds), most: reordered(branch.most, names.kinds) }
    const confirmed = boundBranch(fleet, names.rows, proof, box, hasGroups)
    if (exceeds(branch.bound, confirmed))
      flaw(`branch ${index} is said to prove ${branch.bound}, it proves ${confirmed}`, branch.bound - confirmed)
    least = Math.min(least, confirmed)
  }
  const confirmed = Math.max(0, roundUpToUnit(problem, least))
  if (exceeds(certificate.bound, confirmed))
    flaw(`the bound is said to be ${certificate.bound}, confirmed up to ${confirmed}`, certificate.bound - confirmed)
  if (bound !== undefined && exceeds(certificate.bound, bound.total))
    flaw(`the certificate proves ${certificate.bound}, the Result says ${bound.total}`, certificate.bound - bound.total)
  return { confirmed, violations }
}

/** What the start breaks may stay broken, and what need not have a place is not wanted: then patterns prove nothing. */
function whyNotApplicable(problem: Problem): string[] {
  if (problem.pending !== 'required') return ['there is no such proof where replicas may stay pending']
  const copies = problem.replicas.flatMap(({ deployment, node, devices, state }): PlacedCopy[] =>
    node === null || state === 'draining' ? [] : [{ deployment, node, devices }]
  )
  // A spread or an affinity has no part in the proof; what must be empty is emptied.
  const matters = brokenRules(problem, copies).filter(
    ({ code }) => !['must-empty', 'spread', 'affinity'].includes(code)
  )
  return matters.slice(0, 1).map(({ message }) => `there is no such proof where the start breaks something: ${message}`)
}

function findFlawsOfForm({ prices, branches, deployments, rows, kinds, groups }: Certificate): string[] {
  const flaws: string[] = []
  const expect = (where: string, values: readonly number[], length: number, least: number) => {
    if (values.length !== length) flaws.push(`${where} has ${values.length} numbers, not ${length}`)
    const wrong = values.find((value) => !(value >= least && value < Infinity))
    if (wrong !== undefined) flaws.push(`${where} has ${wrong}`)
  }
  for (const [index, { copies, rows: ofRows, kindWorths, groupWorths }] of prices.entries()) {
    expect(`prices[${index}].copies`, copies, deployments.length, 0)
    expect(`prices[${index}].rows`, ofRows, rows.length, 0)
    expect(`prices[${index}].kindWorths`, kindWorths, kinds.length, -Number.MAX_VALUE)
    expect(`prices[${index}].groupWorths`, groupWorths, groups.length, -Number.MAX_VALUE)
  }
  for (const [index, branch] of branches.entries()) {
    if (branch.prices !== null && prices[branch.prices] === undefined) flaws.push(`branch ${index} has unknown prices`)
    if (!Number.isFinite(branch.bound)) flaws.push(`branch ${index} has a bound of ${branch.bound}`)
  }
  return flaws
}

/** Values by index of the fleet, from those by index of the certificate. */
function reordered(values: readonly number[], places: readonly number[]): number[] {
  const ordered = new Array<number>(places.length)
  for (const [index, place] of places.entries()) ordered[place] = values[index] as number
  return ordered
}

/** Prices by index of the fleet. */
function inOrderOf(
  {
    deployments,
    kinds,
    groups
  }: { deployments: readonly number[]; kinds: readonly number[]; groups: readonly number[] },
  { copies, rows, kindWorths, groupWorths }: Proof
): Proof {
  return {
    copies: reordered(copies, deployments),
    rows,
    kindWorths: reordered(kindWorths, kinds),
    groupWorths: reordered(groupWorths, groups)
  }
}

function noPrices(fleet: Fleet, rows: readonly FleetRow[]): Proof {
  return {
    copies: fleet.deployments.map(() => 0),
    rows: rows.map(() => 0),
    kindWorths: fleet.kinds.map(() => 0),
    groupWorths: fleet.groups.map(() => 0)
  }
}
