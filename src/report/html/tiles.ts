import { type Content, markup } from '../markup.js'

/** A figure that matters: what it is, in large letters how much, and what that means. */
export interface Tile {
  readonly label: string
  readonly value: string
  readonly detail?: string
}

export function renderTiles(tiles: readonly Tile[]): Content {
  if (tiles.length === 0) return null
  return markup`<dl class="tiles">${tiles.map(
    ({ label, value, detail }) =>
      markup`<div><dt>${label}</dt><dd class="value">${value}</dd>${detail !== undefined && markup`<dd class="detail">${detail}</dd>`}</div>`
  )}</dl>`
}
