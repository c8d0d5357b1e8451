import type { DescribedNode, NodeSide } from '../cluster/describe-cluster.js'
import { describeAbsence } from '../cluster/fate-words.js'
import type { ResourceLoad } from '../cluster/node-load.js'
import { type Content, type Markup, markup } from '../markup.js'
import { formatAmount, formatMoney } from '../text/numbers.js'
import { PANEL_WIDTH } from './node-panel.js'
import { devicesOf, nameOf, Shapes } from './node-shapes.js'
import { defineWeaves } from './palette.js'
import { drawText, px, writePicture } from './picture.js'
import { textWidth } from './text-width.js'

/** A few nodes one below the other: the fates of one group, before or after. */
export interface NodeList {
  readonly title: string
  readonly description: string
  readonly id: string
  readonly side: 'before' | 'after'
  readonly nodes: readonly DescribedNode[]
}

const NAME = 22
const LANE = 15
const DEVICE_LANE = 24
const COPIES = 16
const AFTER_NODE = 20
const LEFT = 64
const VALUES = 92
const SEAM = 1.5

/** Each node with its name, a lane for each of its resources, each device a cell in it, and who is there. */
export function nodeList({ title, description, id, side, nodes }: NodeList): Markup {
  const shapes = new Shapes()
  const texts: Content[] = []
  let y = 0
  for (const node of nodes) {
    const load = node[side]
    const like = load ?? node.before ?? node.after
    const lanes = like?.resources ?? []
    const height = lanes.reduce((sum, lane) => sum + laneHeight(lane), 0)
    texts.push(drawText(node.id, { x: 0, y: y + 13, width: PANEL_WIDTH * 0.5, kind: 'strong' }))
    const kind = [...(node.type === undefined ? [] : [node.type]), `${formatMoney(node.costPerHour)} an hour`].join(
      ', '
    )
    texts.push(drawText(kind, { x: PANEL_WIDTH, y: y + 13, width: PANEL_WIDTH * 0.48, kind: 'faint end' }))
    y += NAME
    if (load === undefined) {
      shapes.add('gone', 0.5, y + 0.5, PANEL_WIDTH - 1, height + COPIES - 3)
      texts.push(
        drawText(describeAbsence(node.fate, side), {
          x: PANEL_WIDTH / 2,
          y: y + (height + COPIES) / 2 + 4,
          width: PANEL_WIDTH,
          kind: 'faint middle'
        })
      )
    } else {
      let lane = y
      for (const resource of load.resources) {
        texts.push(drawLane(shapes, load, resource, lane))
        lane += laneHeight(resource)
      }
      texts.push(drawCopies(load, y + height + 12))
    }
    y += height + COPIES + AFTER_NODE
  }
  const parts = markup`${defineWeaves(5, id)}${shapes.draw(id)}${texts}`
  return writePicture({ title, description }, { width: PANEL_WIDTH, height: y, id }, Math.max(1, y - AFTER_NODE), parts)
}

function laneHeight({ devices }: ResourceLoad): number {
  return devices === undefined ? LANE : DEVICE_LANE
}

function drawLane(shapes: Shapes, side: NodeSide, load: ResourceLoad, y: number): Content {
  const { resource, used, capacity, share, devices } = load
  const height = laneHeight(load) - 5
  const width = PANEL_WIDTH - LEFT - VALUES
  const middle = y + height / 2 + 4
  const spots: Markup[] = []
  if (devices === undefined) {
    shapes.add('empty', LEFT, y, width, height)
    if (share > 0) shapes.add('scalar', LEFT, y, Math.min(1, share) * width, height)
    if (share > 1 + 1e-6) shapes.add('over', LEFT, y, width, height)
  } else {
    const cells = devicesOf(side, load, true)
    const gap = 3
    const cell = (width + gap) / Math.max(1, cells.length) - gap
    for (const [index, parts] of cells.entries()) {
      const left = LEFT + index * (cell + gap)
      shapes.add('empty', left, y, cell, height)
      let level = 0
      for (const { role, share: part, name = '' } of parts) {
        const shown = Math.min(1 - level, part)
        spots.push(
          markup`<path class="spot" d="M${px(left + level * cell)},${px(y)}h${px(shown * cell)}v${height}h${px(-shown * cell)}z"><title>${name}: ${formatAmount(part)} of ${resource} ${index}</title></path>`
        )
        // A gap between two copies tells them from each other.
        if (shown > 0) shapes.add(role, left + level * cell, y, Math.max(1, shown * cell - SEAM), height)
        level = Math.min(1, level + part)
      }
      if (parts.reduce((sum, part) => sum + part.share, 0) > 1 + 1e-6) shapes.add('over', left, y, cell, height)
    }
  }
  const value = `${formatAmount(used)} of ${formatAmount(capacity)}`
  return markup`${drawText(resource, { x: LEFT - 8, y: middle, width: LEFT - 8, kind: 'faint end' })}${drawText(value, { x: PANEL_WIDTH, y: middle, width: VALUES - 6, kind: 'end' })}${spots}`
}

const SIGNS = { stays: '', leaves: '− ', arrives: '+ ', room: '' } as const

/** Who is there, as many as have room: `− chat-0` leaves, `+ chat-0` has come. */
function drawCopies({ residents, copies }: NodeSide, y: number): Content {
  if (residents.length === 0) return drawText('empty', { x: LEFT, y, width: PANEL_WIDTH - LEFT, kind: 'faint' })
  const room = PANEL_WIDTH - LEFT
  const words: string[] = []
  let width = 0
  for (const [index, copy] of copies.entries()) {
    const word = `${SIGNS[residents[index]?.role ?? 'stays']}${nameOf(copy)}`
    const more = `, and ${residents.length - words.length} more`
    const longer = width + textWidth(`${word}, `)
    if (words.length > 0 && longer + textWidth(more) > room) {
      words.push(`and ${residents.length - words.length} more`)
      break
    }
    words.push(word)
    width = longer
  }
  return drawText(words.join(', '), { x: px(LEFT), y, width: room })
}
