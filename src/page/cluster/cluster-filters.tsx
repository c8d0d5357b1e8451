import { useMemo } from 'preact/hooks'
import { FATE_NAMES } from '../../report/cluster/fate-words.js'
import type { NodeRow } from '../desk/views.js'
import type { Filter, Grouping } from './group-rows.js'

interface FiltersProps {
  readonly rows: readonly NodeRow[]
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
}

/** Which nodes are shown, and in which groups. */
export function ClusterFilters({ rows, filter, onChange }: FiltersProps) {
  const counts = useMemo(() => {
    const byFate = new Map<NodeRow['fate'], number>()
    for (const { fate } of rows) byFate.set(fate, (byFate.get(fate) ?? 0) + 1)
    return byFate
  }, [rows])
  return (
    <form class="filters" aria-label="Which nodes are shown" onSubmit={(event) => event.preventDefault()}>
      <label>
        Show
        <select
          value={filter.fate}
          onChange={(event) => onChange({ ...filter, fate: event.currentTarget.value as Filter['fate'] })}
        >
          <option value="all">all nodes ({rows.length})</option>
          {[...counts].map(([fate, count]) => (
            <option key={fate} value={fate}>
              {FATE_NAMES[fate]} ({count})
            </option>
          ))}
        </select>
      </label>
      <label>
        Group by
        <select
          value={filter.grouping}
          onChange={(event) => onChange({ ...filter, grouping: event.currentTarget.value as Grouping })}
        >
          <option value="type">type</option>
          <option value="fate">what becomes of them</option>
          <option value="none">nothing</option>
        </select>
      </label>
      <label>
        Find
        <input
          type="search"
          value={filter.text}
          placeholder="name or type"
          onInput={(event) => onChange({ ...filter, text: event.currentTarget.value })}
        />
      </label>
    </form>
  )
}
