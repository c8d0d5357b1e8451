import { useEffect, useState } from 'preact/hooks'
import type { ClusterView, NodeCell, NodeRow } from '../desk/views.js'
import { memo } from '../layout/memo.js'
import type { Player } from '../playback/player.js'
import { NodeBars } from './node-bars.js'
import { NodeTile } from './node-tile.js'
import { describeNode, describeStanding } from './node-words.js'

interface NodeProps {
  readonly cluster: ClusterView
  readonly row: number
  readonly player: Player
  readonly kind: 'card' | 'cell'
  readonly isChosen: boolean
  /** Whether the tab key stops here. */
  readonly isStop: boolean
  readonly onChoose: (id: string) => void
}

/** A node at the moment that is played: a card or a cell, drawn again only when it changes. */
export const NodeButton = memo(function NodeButton({
  cluster,
  row,
  player,
  kind,
  isChosen,
  isStop,
  onChoose
}: NodeProps) {
  const node = cluster.rows[row] as NodeRow
  const cell = useCell(player, row)
  const isTouched = player.isTouched(row)
  const isGone = cell.presence !== 'there'
  // A card says in its texts what a cell must say in words.
  const described = kind === 'cell' ? describeNode(node, cell) : undefined
  return (
    <li>
      <button
        type="button"
        class={`node ${cell.presence}${isTouched ? ' touched' : ''}${cell.copies === 0 && !isGone ? ' vacant' : ''}`}
        data-fate={node.fate}
        aria-pressed={isChosen}
        aria-label={described}
        title={described}
        tabIndex={isStop ? 0 : -1}
        onClick={() => onChoose(node.id)}
      >
        {kind === 'cell' ? (
          <NodeTile cell={cell} />
        ) : (
          <NodeBars node={node} cell={cell} standing={describeStanding(node, cell)} />
        )}
      </button>
    </li>
  )
})

/** How a node is now; draws the component again when that changes. */
function useCell(player: Player, row: number): NodeCell {
  const [, setChanges] = useState(0)
  const cell = player.cell(row)
  useEffect(() => {
    const drawAgain = () => setChanges((count) => count + 1)
    const leave = player.onCell(row, drawAgain)
    // What changed before anybody listened.
    if (player.cell(row) !== cell) drawAgain()
    return leave
  }, [player, row])
  return cell
}
