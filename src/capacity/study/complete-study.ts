import { describeValue } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import { checkReferences } from '../../../models/contract/references.js'
import { catalogueChoice, type Study } from '../../../models/contract/study.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { readCatalogue } from '../catalogue/read-catalogue.js'
import { toNodeTypes } from '../catalogue/to-node-types.js'
import { countsNow, type Demand, demandOf } from '../forecast/demand.js'
import type { Forecast } from '../forecast/forecast.js'
import { readForecast, type SeriesList } from '../forecast/read-forecast.js'
import type { TableInput } from '../table/read-table.js'
import { checkSupply, noteIdleQuotas } from './check-supply.js'
import { isSpot } from './markets.js'
import { findUnhosted } from './unhosted.js'

/** The tables that a study needs beside itself: texts of CSV files, or what JSON files say. */
export interface StudyTables {
  readonly catalogue?: Unchecked<TableInput>
  readonly forecast?: Unchecked<TableInput | SeriesList>
}

/** A study with everything that it needs, checked. */
export interface CompleteStudy {
  /** `nodeTypes` has what the catalogue offers, too. */
  readonly study: Study
  readonly forecast: Forecast | null
  /** Replicas over time; null without a forecast: then `countsNow` says how many there are. */
  readonly demand: Demand | null
  /** What was left out, repeated or not used, for people. */
  readonly notes: readonly string[]
}

/**
 * A study with its tables read: what the catalogue offers becomes `nodeTypes`, the forecast becomes demand. Throws InputError: of the
 * subject `catalogue` or `forecast` where a table is wrong, naming row and column; of `study` where the two do not fit it, such as
 * a deployment that no node and no type can host.
 */
export function completeStudy(written: Study, tables: StudyTables = {}): CompleteStudy {
  for (const name of ['catalogue', 'forecast'] as const) {
    if (written[name] === undefined || tables[name] !== undefined) continue
    const expected = `the table it names, "${written[name].file ?? name}", given beside the study`
    throw new InputError('study', [{ path: name, found: 'no rows', expected }])
  }
  const offered = tables.catalogue === undefined ? null : offer(written, tables.catalogue)
  const study = offered?.study ?? written
  const issues = [...checkReferences(study, false), ...checkSupply(study)]
  if (issues.length > 0) throw new InputError('study', issues)
  const forecast = tables.forecast === undefined ? null : readForecast(tables.forecast, written.forecast)
  if (forecast !== null) checkUnit(study, forecast)
  const demand = forecast === null ? null : demandOf(study, forecast)
  const unhosted = findUnhosted(study, wantedIds(study, demand))
  if (unhosted.length > 0) throw new InputError('study', unhosted)
  const notes = [
    ...(offered?.notes ?? []),
    ...(forecast?.notes ?? []),
    ...(forecast === null ? [] : noteUnused(study, forecast)),
    ...noteIdleQuotas(study),
    ...noteAssumptions(study)
  ]
  return { study, forecast, demand, notes }
}

function offer(study: Study, table: Unchecked<TableInput>): { study: Study; notes: string[] } {
  const choice = study.catalogue ?? catalogueChoice.parse({})
  const { nodeTypes, notes } = toNodeTypes(readCatalogue(table), choice)
  const offered = new Set(nodeTypes.map(({ type }) => type))
  const issues = study.nodeTypes.flatMap(({ type }, index): InputIssue[] =>
    offered.has(type)
      ? [
          {
            path: `nodeTypes[${index}].type`,
            found: describeValue(type),
            expected: 'another name: the catalogue has it'
          }
        ]
      : []
  )
  if (issues.length > 0) throw new InputError('study', issues)
  return { study: { ...study, catalogue: choice, nodeTypes: [...study.nodeTypes, ...nodeTypes] }, notes }
}

/** Deployments of which more replicas are wanted at some time than run: those that run may stay where nothing new may start. */
function wantedIds(study: Study, demand: Demand | null): Set<string> {
  const running = new Map<string, number>()
  for (const { deployment, node, state } of study.replicas) {
    if (node !== null && state !== 'draining') running.set(deployment, (running.get(deployment) ?? 0) + 1)
  }
  const isMore = (id: string) => (count: number) => count > (running.get(id) ?? 0)
  const wanted =
    demand === null
      ? [...countsNow(study)].filter(([id, count]) => isMore(id)(count))
      : [...demand.counts].filter(([id, counts]) => counts.some(isMore(id)))
  return new Set(wanted.map(([id]) => id))
}

/** Defaults that flatter a plan: who decides should know of them. */
function noteAssumptions({ deployments, catalogue, availability, nodeTypes }: Study): string[] {
  const full = deployments.filter(({ throughput, utilisation }) => throughput !== undefined && utilisation === 1)
  const hasSpot = nodeTypes.some(({ labels }) => isSpot(labels))
  const hasFloor = availability.floor > 0 || deployments.some(({ floor = 0 }) => floor > 0)
  const names = full.map(({ id }) => describeValue(id)).join(', ')
  return [
    ...(full.length === 0 ? [] : [`assumed: replicas of ${names} serve all of their throughput (utilisation)`]),
    ...(catalogue !== undefined && Object.keys(catalogue.overhead).length === 0
      ? ['assumed: daemons and the system take nothing of the nodes of the catalogue (catalogue.overhead)']
      : []),
    ...(hasSpot && !hasFloor ? ['assumed: spot nodes may host everything (availability.floor)'] : [])
  ]
}

/** A table with a column for each deployment does not say what it counts; where throughputs suggest rates, the study has to. */
function checkUnit({ deployments }: Study, { isUnitAssumed, series }: Forecast): void {
  const served = deployments.find(
    ({ id, workload, throughput }) => throughput !== undefined && series.has(workload ?? id)
  )
  if (isUnitAssumed !== true || served === undefined) return
  const expected = `replicas or requestsPerSecond: the table has a column for each deployment, and ${describeValue(served.id)} has a throughput`
  throw new InputError('study', [{ path: 'forecast.unit', found: 'nothing', expected }])
}

function noteUnused({ deployments }: Study, { series }: Forecast): string[] {
  const used = new Set(deployments.map(({ id, workload }) => workload ?? id))
  const unused = [...series.keys()].filter((name) => !used.has(name)).map(describeValue)
  return unused.length === 0 ? [] : [`forecast: series that no deployment names: ${unused.join(', ')}`]
}
