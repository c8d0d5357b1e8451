import type { Tile } from '../../report/html/tiles.js'

/** The figures that matter, in large letters. */
export function ResultTiles({ tiles }: { readonly tiles: readonly Tile[] }) {
  return (
    <dl class="tiles">
      {tiles.map(({ label, value, detail }) => (
        <div key={label} class="tile">
          <dt>{label}</dt>
          <dd class="value">{value}</dd>
          <dd class="detail">{detail}</dd>
        </div>
      ))}
    </dl>
  )
}
