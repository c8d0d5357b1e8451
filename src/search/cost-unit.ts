import type { Instance } from '../../models/instance/instance.js'

/** The unit of which all node costs are whole multiples. */
export function costUnit({ nodes }: Instance): number {
  return unitOf(nodes.map(({ costPerHour }) => costPerHour))
}

/** The unit of which all move costs are whole multiples. */
export function moveUnit({ copies }: Instance): number {
  return unitOf(copies.map(({ moveCost }) => moveCost))
}

/** A power of ten down to 10⁻⁴; 0 when there is none. */
function unitOf(costs: readonly number[]): number {
  const isWhole = (cost: number, unit: number) => {
    const units = cost / unit
    return Math.abs(units - Math.round(units)) < 1e-6 && (cost === 0 || units > 0.5)
  }
  const units = [1, 0.1, 0.01, 0.001, 0.0001]
  return units.find((unit) => costs.every((cost) => isWhole(cost, unit))) ?? 0
}

/** A bound on a sum of such costs, which is a multiple of their unit: rounded up to the next one. */
export function roundUpToUnit(bound: number, unit: number): number {
  if (unit === 0 || !Number.isFinite(bound)) return bound
  const slack = 1e-6 * Math.max(1, Math.abs(bound))
  return Math.max(bound, Math.ceil((bound - slack) / unit) * unit)
}
