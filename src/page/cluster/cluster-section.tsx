import { useMemo, useState } from 'preact/hooks'
import { formatCount } from '../../report/text/numbers.js'
import type { ClusterView } from '../desk/views.js'
import { PlaybackBar } from '../playback/playback-bar.js'
import type { Player } from '../playback/player.js'
import { MovesList } from '../result/moves-list.js'
import type { Page } from '../state/page.js'
import type { PageState } from '../state/page-state.js'
import { ClusterFilters } from './cluster-filters.js'
import { CostChart } from './cost-chart.js'
import { type Filter, groupRows, noFilter, selectRows } from './group-rows.js'
import { NodeDetailsPanel } from './node-details.js'
import { NodeGrid } from './node-grid.js'

interface ClusterProps {
  readonly page: Page
  readonly state: PageState
  readonly cluster: ClusterView
  readonly player: Player
}

/** The nodes at a moment of the migration, and what moves. */
export function ClusterSection({ page, state, cluster, player }: ClusterProps) {
  const [filter, setFilter] = useState<Filter>(noFilter)
  const [chosen, choose] = useState<string | null>(null)
  const groups = useMemo(
    () => groupRows(cluster.rows, selectRows(cluster.rows, filter), filter.grouping),
    [cluster, filter]
  )
  const shown = groups.reduce((sum, { rows }) => sum + rows.length, 0)
  const chosenRow = chosen === null ? -1 : cluster.rows.findIndex(({ id }) => id === chosen)
  const hasPlan = state.result !== null
  return (
    <section class="cluster" aria-labelledby="cluster-heading">
      <div class="cluster-head">
        <h2 id="cluster-heading">{hasPlan ? 'Migration' : 'Cluster'}</h2>
        <p class="count" role="status">
          {shown === cluster.rows.length
            ? formatCount(shown, 'node')
            : `${formatCount(shown, 'node')} of ${cluster.rows.length}`}
        </p>
      </div>
      {hasPlan && <PlaybackBar player={player} seconds={cluster.seconds} />}
      {hasPlan && cluster.costs.length > 1 && (
        <details class="remark costs">
          <summary>Cost against migrations</summary>
          <CostChart costs={cluster.costs} />
        </details>
      )}
      <ClusterFilters rows={cluster.rows} filter={filter} onChange={setFilter} />
      <div class={chosenRow < 0 ? 'cluster-body' : 'cluster-body with-details'}>
        <NodeGrid cluster={cluster} groups={groups} player={player} chosen={chosen} onChoose={choose} />
        {chosenRow >= 0 && (
          <NodeDetailsPanel page={page} state={state} cluster={cluster} row={chosenRow} onClose={() => choose(null)} />
        )}
      </div>
      {hasPlan && <MovesList page={page} state={state} cluster={cluster} onNode={choose} />}
    </section>
  )
}
