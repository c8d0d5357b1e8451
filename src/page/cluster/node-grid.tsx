import { useEffect, useRef, useState } from 'preact/hooks'
import { formatCount, formatMoney } from '../../report/text/numbers.js'
import type { ClusterView } from '../desk/views.js'
import type { Player } from '../playback/player.js'
import type { RowGroup } from './group-rows.js'
import { moveFocus } from './move-focus.js'
import { NodeButton } from './node-button.js'

interface GridProps {
  readonly cluster: ClusterView
  readonly groups: readonly RowGroup[]
  readonly player: Player
  /** Id of the node that is looked at. */
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

/** From so many nodes on, each is a small cell instead of a card. */
const MOST_CARDS = 150

/** Built at once, and so many more with each frame, so that the page can be used meanwhile. */
const CHUNK = { card: 20, cell: 60 }

/** What the pictures say, in words. */
const LEGENDS = {
  card: 'The mark in a bar is where it ended before the migration. Dashed: the node is given back.',
  cell: 'Each cell is a node, filled as far as its fullest resource is used. Dashed: it is given back.'
}

/** All nodes in groups: one stop of the tab key, arrows between the nodes. */
export function NodeGrid({ cluster, groups, player, chosen, onChoose }: GridProps) {
  const total = groups.reduce((sum, { rows }) => sum + rows.length, 0)
  const kind = cluster.rows.length > MOST_CARDS ? 'cell' : 'card'
  const built = useGrowing(total, CHUNK[kind], groups)
  const box = useRef<HTMLDivElement>(null)
  const first = groups[0]?.rows[0]
  const stop = groups.some(({ rows }) => rows.some((row) => cluster.rows[row]?.id === chosen))
    ? cluster.rows.findIndex(({ id }) => id === chosen)
    : first
  let left = built
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons within.
    <div
      ref={box}
      class={`grid ${kind}s`}
      onKeyDown={(event) => {
        if (box.current !== null && moveFocus(box.current, event.key)) event.preventDefault()
      }}
    >
      {groups.map(({ title, rows }) => {
        const shown = rows.slice(0, Math.max(0, left))
        left -= shown.length
        const price = rows.reduce((sum, row) => sum + (cluster.rows[row]?.costPerHour ?? 0), 0)
        return (
          <section
            key={title}
            class="group"
            style={{ '--count': rows.length }}
            aria-label={title === '' ? 'Nodes' : title}
          >
            {title !== '' && (
              <h3>
                {title}{' '}
                <small>
                  {formatCount(rows.length, 'node')}, {formatMoney(price)} an hour
                </small>
              </h3>
            )}
            <ul>
              {shown.map((row) => (
                <NodeButton
                  key={row}
                  {...{ cluster, row, player, kind, onChoose }}
                  isChosen={cluster.rows[row]?.id === chosen}
                  isStop={row === stop}
                />
              ))}
            </ul>
          </section>
        )
      })}
      {total > 0 && <p class="small legend">{LEGENDS[kind]}</p>}
      {total === 0 && <p class="nothing">No node is like that.</p>}
    </div>
  )
}

/** A number that grows to `total` by a chunk with each frame; it begins anew with other things to build. */
function useGrowing(total: number, chunk: number, what: unknown): number {
  const [built, setBuilt] = useState({ what, count: chunk })
  const count = built.what === what ? built.count : chunk
  useEffect(() => {
    if (count >= total) return
    const frame = requestAnimationFrame(() => setBuilt({ what, count: count + chunk }))
    return () => cancelAnimationFrame(frame)
  }, [count, total, chunk, what])
  return count
}
