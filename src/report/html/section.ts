import { type Content, type Markup, markup } from '../markup.js'
import type { Frame } from '../svg/picture.js'
import { renderTable, type Table } from './table.js'

/** A part of a page. */
export interface Section {
  readonly heading: string
  readonly blocks: readonly Block[]
}

export type Block = Paragraph | Figure | TableBlock | Notes | Drawn

export interface Paragraph {
  readonly kind: 'paragraph'
  readonly text: string
}

/** A picture, drawn twice: for wide screens and for narrow ones, of which each reader sees one. */
export interface Figure {
  readonly kind: 'figure'
  readonly draw: (frame: Frame) => Markup
  /** What it shows, in a sentence. */
  readonly caption?: string
  /** What it was drawn from, closed until it is asked for. */
  readonly table?: Table
}

export interface TableBlock extends Table {
  readonly kind: 'table'
}

/** What else has to be known, one by one. */
export interface Notes {
  readonly kind: 'notes'
  readonly notes: readonly string[]
}

/** What is markup already, and fits every screen by itself. */
export interface Drawn {
  readonly kind: 'drawn'
  /** `id` is unique in the page, for the ids in what is drawn. */
  readonly draw: (id: string) => Markup
}

/** Widths for which pictures are drawn, in pixels; `pageStyles` shows the one or the other. */
const WIDE = 760
const NARROW = 360

export function renderSection({ heading, blocks }: Section, id: string): Markup {
  return markup`<section aria-labelledby="${id}">
<h2 id="${id}">${heading}</h2>
${blocks.map((block, index) => markup`${renderBlock(block, `${id}-${index + 1}`)}\n`)}</section>
`
}

function renderBlock(block: Block, id: string): Content {
  switch (block.kind) {
    case 'paragraph':
      return markup`<p>${block.text}</p>`
    case 'figure':
      return renderFigure(block, id)
    case 'drawn':
      return block.draw(id)
    case 'table':
      return renderTable(block, id)
    case 'notes':
      return (
        block.notes.length > 0 && markup`<ul class="notes">${block.notes.map((note) => markup`<li>${note}</li>`)}</ul>`
      )
  }
}

function renderFigure({ draw, caption, table }: Figure, id: string): Markup {
  return markup`<figure>
<div class="wide">${draw({ width: WIDE, id: `${id}-wide` })}</div>
<div class="narrow">${draw({ width: NARROW, id: `${id}-narrow` })}</div>
${caption !== undefined && markup`<figcaption>${caption}</figcaption>\n`}${table !== undefined && renderTable({ ...table, closed: true }, id)}
</figure>`
}
