import type { DescribedNode, NodeSide } from '../cluster/describe-cluster.js'
import { describeAbsence } from '../cluster/fate-words.js'
import { type Content, type Markup, markup } from '../markup.js'
import { formatPercent } from '../text/numbers.js'
import { devicesOf, Shapes } from './node-shapes.js'
import { defineWeaves } from './palette.js'
import { drawText, px, writePicture } from './picture.js'
import { BOLD, textWidth } from './text-width.js'

/** Many nodes side by side: the fates of one group, before or after. */
export interface NodePanel {
  readonly title: string
  readonly description: string
  readonly id: string
  readonly side: 'before' | 'after'
  readonly blocks: readonly NodeBlock[]
  readonly scale: PanelScale
}

/** Nodes of a type. */
export interface NodeBlock {
  readonly label: string
  /** Said at the other end of the line, where it has room. */
  readonly note: string
  readonly nodes: readonly DescribedNode[]
}

/** Sizes in pixels: of a device and of a node; whether nodes are named. */
export interface PanelScale {
  readonly cell: number
  readonly height: number
  readonly isNamed: boolean
}

/** How large so many nodes can be. */
export function panelScale(nodes: number): PanelScale {
  if (nodes <= 48) return { cell: 9, height: 34, isNamed: true }
  if (nodes <= 250) return { cell: 5, height: 24, isNamed: false }
  if (nodes <= 800) return { cell: 3.5, height: 16, isNamed: false }
  return { cell: 2.4, height: 11, isNamed: false }
}

/** Whether patterns can be seen on devices of that size. */
export function isWoven({ cell }: PanelScale): boolean {
  return cell >= 5
}

export const PANEL_WIDTH = 372
/** Small blocks stand two in a line. */
const HALF = 176
const LABEL = 20
const AFTER_BLOCK = 10
const NAME = 15
const NAMED_WIDTH = 84
/** Of resources that are not counted in devices, so many have bars. */
const MOST_SCALARS = 3

/** Every node as bars side by side: broad ones its devices, narrow ones its other resources; full is as high as the node. */
export function nodePanel({ title, description, id, side, blocks, scale }: NodePanel): Markup {
  const shapes = new Shapes()
  const texts: Content[] = []
  let y = 0
  /** Where a block ends that leaves the right half of its line free. */
  let half: number | undefined
  const isSmallOf = new Map(blocks.map((block) => [block, fitsHalf(block, scale)]))
  // Small ones last, so that they find each other.
  const ordered = [...blocks].sort((one, other) => Number(isSmallOf.get(one)) - Number(isSmallOf.get(other)))
  for (const block of ordered) {
    const isSmall = isSmallOf.get(block) === true
    const isBeside = isSmall && half !== undefined
    const place = isBeside
      ? { left: PANEL_WIDTH - HALF, top: half ?? 0, width: HALF }
      : { left: 0, top: y, width: isSmall ? HALF : PANEL_WIDTH }
    half = isSmall && !isBeside ? y : undefined
    y = Math.max(y, drawBlock(shapes, texts, block, side, scale, place))
  }
  const parts = markup`${isWoven(scale) && defineWeaves(5, id)}${shapes.draw(id, isWoven(scale))}${texts}`
  return writePicture(
    { title, description },
    { width: PANEL_WIDTH, height: y, id },
    Math.max(1, y - AFTER_BLOCK),
    parts
  )
}

interface Place {
  readonly left: number
  readonly top: number
  readonly width: number
}

/** Draws the nodes of a type, in as many lines as they need; returns where the next block begins. */
function drawBlock(
  shapes: Shapes,
  texts: Content[],
  { label, note, nodes }: NodeBlock,
  side: 'before' | 'after',
  scale: PanelScale,
  { left, top, width }: Place
): number {
  const line = top + 13
  const room = width - textWidth(label) * BOLD - 12
  texts.push(drawText(label, { x: left, y: line, width: width / BOLD, kind: 'strong' }))
  if (textWidth(note) <= room) texts.push(drawText(note, { x: left + width, y: line, width: room, kind: 'faint end' }))
  const gap = Math.max(3, scale.cell)
  const step = scale.height + gap + (scale.isNamed ? NAME : 0)
  let x = left
  let y = top + LABEL
  for (const node of nodes) {
    const own = slotWidth(node, scale)
    if (x > left && x + own > left + width) {
      x = left
      y += step
    }
    const load = node[side]
    if (load === undefined) shapes.add('gone', x + 0.5, y + 0.5, glyphWidth(node, scale.cell) - 1, scale.height - 1)
    else drawNode(shapes, load, x, y, scale)
    texts.push(
      markup`<path class="spot" d="M${px(x)},${px(y)}h${px(own)}v${px(scale.height)}h${px(-own)}z"><title>${describeNode(node, side)}</title></path>`
    )
    if (scale.isNamed) texts.push(drawText(node.id, { x, y: y + scale.height + 12, width: own - 4, kind: 'faint' }))
    x += own + gap
  }
  return y + step + AFTER_BLOCK
}

function fitsHalf({ nodes, label }: NodeBlock, scale: PanelScale): boolean {
  const gap = Math.max(3, scale.cell)
  if (nodes.length * (2 * scale.cell + gap) > HALF || textWidth(label) * BOLD > HALF) return false
  return nodes.reduce((sum, node) => sum + slotWidth(node, scale) + gap, -gap) <= HALF
}

/** Both sides of a node are as wide, so that it is at the same place in both. */
function slotWidth(node: DescribedNode, { cell, isNamed }: PanelScale): number {
  return Math.min(PANEL_WIDTH, Math.max(glyphWidth(node, cell), isNamed ? NAMED_WIDTH : 0))
}

/** How wide a node is, by what it has: the same before and after. */
function glyphWidth({ before, after }: DescribedNode, cell: number): number {
  const width = Math.max(...[before, after].map((side) => (side === undefined ? 0 : columnsOf(side, cell))))
  return Math.min(PANEL_WIDTH, Math.max(2 * cell, width))
}

const gapOf = (cell: number) => (cell > 4 ? 1.5 : 0.6)
const narrow = (cell: number) => Math.max(1.4, cell * 0.55)

function columnsOf(side: NodeSide, cell: number): number {
  let width = 0
  for (const resource of side.resources) {
    if (resource.devices !== undefined) width += devicesOf(side, resource).length * (cell + gapOf(cell)) + gapOf(cell)
  }
  const scalars = side.resources.filter(({ devices }) => devices === undefined).slice(0, MOST_SCALARS)
  return width + scalars.length * (narrow(cell) + gapOf(cell))
}

function drawNode(shapes: Shapes, side: NodeSide, left: number, top: number, { cell, height }: PanelScale): void {
  let x = left
  for (const resource of side.resources) {
    if (resource.devices === undefined) continue
    for (const parts of devicesOf(side, resource)) {
      shapes.add('empty', x, top, cell, height)
      let level = 0
      for (const { role, share } of parts) {
        const shown = Math.min(1 - level, share) * height
        if (shown > 0) shapes.add(role, x, top + height - level * height - shown, cell, shown)
        level = Math.min(1, level + share)
      }
      if (parts.reduce((sum, { share }) => sum + share, 0) > 1 + 1e-6) shapes.add('over', x, top, cell, height)
      x += cell + gapOf(cell)
    }
    x += gapOf(cell)
  }
  for (const { share } of side.resources.filter(({ devices }) => devices === undefined).slice(0, MOST_SCALARS)) {
    const width = narrow(cell)
    const shown = Math.min(1, share) * height
    shapes.add('empty', x, top, width, height)
    if (shown > 0) shapes.add('scalar', x, top + height - shown, width, shown)
    if (share > 1 + 1e-6) shapes.add('over', x, top, width, height)
    x += width + gapOf(cell)
  }
}

/** `node-7: gpu 50.0 %, cpu 12.5 %`. */
function describeNode(node: DescribedNode, side: 'before' | 'after'): string {
  const load = node[side]
  if (load === undefined) return `${node.id}: ${describeAbsence(node.fate, side)}`
  const uses = load.resources.map(({ resource, share }) => `${resource} ${formatPercent(share)}`)
  return `${node.id}: ${uses.join(', ')}`
}
