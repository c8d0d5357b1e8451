import { useState } from 'preact/hooks'
import type { DownloadKind } from '../desk/downloads.js'
import type { Fault } from '../desk/fault.js'
import type { Page } from '../state/page.js'

const KINDS: readonly (readonly [kind: DownloadKind, label: string])[] = [
  ['report', 'Report'],
  ['script', 'Script'],
  ['result', 'Result'],
  ['problem', 'Problem']
]

/** Files of what was planned, made when they are asked for. */
export function Downloads({ page }: { readonly page: Page }) {
  const [said, say] = useState('')
  const save = async (kind: DownloadKind) => {
    say('Writing…')
    try {
      const answer = await page.desk.download(kind)
      if (answer.kind === 'fault') return say(describe(answer.fault))
      const { name, content } = answer.file
      saveAs(name, content)
      say(`${name} is saved.`)
    } catch (error) {
      say(`It could not be written: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return (
    <div class="downloads">
      <fieldset class="download-buttons">
        <legend>Download</legend>
        {KINDS.map(([kind, label]) => (
          <button type="button" class="quiet" key={kind} onClick={() => void save(kind)}>
            {label}
          </button>
        ))}
      </fieldset>
      <p class="said" role="status">
        {said}
      </p>
    </div>
  )
}

/** A fault in few words: the first place of many. */
function describe({ title, issues = [], advice }: Fault): string {
  const first = issues.slice(0, 1).map(({ path, found }) => `${path}: ${found}.`)
  return [title, ...first, advice].join(' ')
}

function saveAs(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Browsers begin to read it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
