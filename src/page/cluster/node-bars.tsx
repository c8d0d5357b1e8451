import { formatCount, formatMoney } from '../../report/text/numbers.js'
import type { NodeCell, NodeRow } from '../desk/views.js'

interface BarsProps {
  readonly node: NodeRow
  readonly cell: NodeCell
  readonly standing: string
}

/** A node as a card: its name and price, and how full it is of each resource, now and, as a mark, before. */
export function NodeBars({ node, cell, standing }: BarsProps) {
  return (
    <>
      <span class="node-head">
        <span class="node-id">
          <bdi>{node.id}</bdi>
        </span>
        <span class="node-price">{formatMoney(node.costPerHour)}</span>
      </span>
      <span class="node-state">
        <span class="standing">{standing}</span>
        <span class="node-copies">{cell.copies > 0 && formatCount(cell.copies, 'replica')}</span>
      </span>
      <span class="bars">
        {node.resources.map(({ name, devices }, index) =>
          devices !== null && devices > 0 && devices <= MOST_DEVICES ? (
            <Devices key={name} name={name} share={cell.shares[index] ?? 0} used={cell.devices[index] ?? []} />
          ) : (
            <Bar key={name} name={name} share={cell.shares[index] ?? 0} before={node.before.shares[index] ?? 0} />
          )
        )}
      </span>
    </>
  )
}

/** More than these are drawn as a bar. */
const MOST_DEVICES = 16

function Bar({ name, share, before }: { readonly name: string; readonly share: number; readonly before: number }) {
  return (
    <span class="bar">
      <BarName name={name} share={share} />
      <span class="track">
        <span class="fill" style={{ '--share': Math.min(1, share) }} />
        <span class="before" style={{ '--share': Math.min(1, before) }} />
      </span>
    </span>
  )
}

interface DevicesProps {
  readonly name: string
  readonly share: number
  readonly used: readonly number[]
}

function Devices({ name, share, used }: DevicesProps) {
  return (
    <span class="bar">
      <BarName name={name} share={share} />
      <span class="devices">
        {used.map((held, index) => (
          // Devices are told apart by their numbers alone.
          <span key={index} class="device" style={{ '--share': Math.min(1, held) }} />
        ))}
      </span>
    </span>
  )
}

function BarName({ name, share }: { readonly name: string; readonly share: number }) {
  return (
    <span class="bar-name">
      {name} <span class="hidden">{Math.round(share * 100)} % used</span>
    </span>
  )
}
