import { BOLD, textWidth } from './text-width.js'

/** A rectangle in a picture. */
export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** A point and what to write beside it. */
export interface LabelledPoint {
  readonly x: number
  readonly y: number
  readonly label: string
  /** Whether it is written in bold letters, beyond a ring, and if need be farther away. */
  readonly isStrong: boolean
}

export interface PlacedLabel extends LabelledPoint {
  /** Where it is written, and not the point. */
  readonly x: number
  readonly y: number
  readonly end: 'start' | 'middle' | 'end'
}

const HEIGHT = 14
/** From the middle of a point. */
const AWAY = [10, 16]
const STRONG_AWAY = [15, 22, 32, 46, 64]

/** Labels beside their points, within bounds, where they cover neither each other nor what is taken; those without such a place are left out. The first have the choice. */
export function placeLabels(points: readonly LabelledPoint[], taken: readonly Box[], bounds: Box): PlacedLabel[] {
  const boxes = [...taken]
  return points.flatMap((point) => {
    for (const { placed, box } of spotsFor(point)) {
      const isInside =
        box.left >= bounds.left && box.right <= bounds.right && box.top >= bounds.top && box.bottom <= bounds.bottom
      if (!isInside || boxes.some((other) => overlap(box, other))) continue
      if (!point.isStrong && points.some((other) => other !== point && isRival(other, point, box))) continue
      boxes.push(box)
      return [placed]
    }
    return []
  })
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
}

/** Whether a label could be taken for that of another point. */
function isRival(other: LabelledPoint, own: LabelledPoint, box: Box): boolean {
  return distance(other, box) < 1.5 * distance(own, box)
}

function distance({ x, y }: LabelledPoint, { left, right, top, bottom }: Box): number {
  return Math.hypot(Math.max(0, left - x, x - right), Math.max(0, top - y, y - bottom))
}

/** Above to the right, above, to the right, below to the right, above to the left, to the left, below, below to the left. */
const DIRECTIONS = [
  [1, -1],
  [0, -1],
  [1, 0],
  [1, 1],
  [-1, -1],
  [-1, 0],
  [0, 1],
  [-1, 1]
] as const

function spotsFor(point: LabelledPoint): { placed: PlacedLabel; box: Box }[] {
  return (point.isStrong ? STRONG_AWAY : AWAY).flatMap((away) => spotsAt(point, away))
}

function spotsAt(point: LabelledPoint, away: number): { placed: PlacedLabel; box: Box }[] {
  const { x, y, label, isStrong } = point
  const width = textWidth(label) * (isStrong ? BOLD : 1)
  return DIRECTIONS.map(([across, down]) => {
    const slant = across !== 0 && down !== 0 ? 0.7 : 1
    const at = { x: x + across * away * slant, y: y + down * (across === 0 ? away + 4 : away) * slant }
    const left = across > 0 ? at.x : across < 0 ? at.x - width : at.x - width / 2
    const end = across > 0 ? ('start' as const) : across < 0 ? ('end' as const) : ('middle' as const)
    return {
      placed: { label, isStrong, x: at.x, y: at.y + 4, end },
      box: { left, right: left + width, top: at.y - HEIGHT / 2, bottom: at.y + HEIGHT / 2 }
    }
  })
}
