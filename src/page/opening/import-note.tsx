/** What was made of a snapshot: what stays where it is and why, what was left out, and the prices. */
export function ImportNote({ told }: { readonly told: string }) {
  return (
    <details class="import-note">
      <summary>Imported: what stays where it is, what was left out, and the prices</summary>
      <pre>{told}</pre>
    </details>
  )
}
