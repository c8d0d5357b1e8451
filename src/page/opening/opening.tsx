import { useId, useRef, useState } from 'preact/hooks'
import { examples } from '../desk/example-list.js'
import type { Source } from '../desk/read-sources.js'
import type { Page } from '../state/page.js'

interface OpeningProps {
  readonly page: Page
  /** Whether something is open already. */
  readonly isAgain?: boolean
  readonly onChosen?: () => void
}

/** Ways to open a Problem: a file, a text, an example. */
export function Opening({ page, isAgain = false, onChosen }: OpeningProps) {
  const open = (sources: readonly Source[], what: string) => {
    onChosen?.()
    void page.open(sources, what)
  }
  return (
    <div class={isAgain ? 'opening again' : 'opening'}>
      {!isAgain && (
        <div class="pitch">
          <h1>Fewer, cheaper nodes, and a safe way there</h1>
          <p>
            Open a cluster: its nodes, what runs on them and what must hold. You see it planned onto fewer nodes, with a
            proven bound on the cost, and can play the migration step by step.
          </p>
        </div>
      )}
      <Files open={open} />
      <Paste open={open} />
      <section aria-labelledby={isAgain ? 'examples-again' : 'examples'} class="examples">
        <h2 id={isAgain ? 'examples-again' : 'examples'}>Or begin with an example</h2>
        <ul>
          {examples.map(({ name, title, size, shows }) => (
            <li key={name}>
              <button type="button" class="example" onClick={() => open([{ kind: 'example', name }], title)}>
                <span class="example-title">{title}</span>
                <span class="example-size">{size}</span>
                <span class="example-shows">{shows}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

type Open = (sources: readonly Source[], what: string) => void

function Files({ open }: { readonly open: Open }) {
  const input = useRef<HTMLInputElement>(null)
  const choose = () => {
    const files = [...(input.current?.files ?? [])]
    if (files.length === 0) return
    open(
      files.map((file) => ({ kind: 'file', file })),
      files.map(({ name }) => name).join(' and ')
    )
    // The same file may be chosen again, once it is mended.
    if (input.current !== null) input.current.value = ''
  }
  return (
    <div class="drop-zone">
      <p class="drop-title">Drop a Problem anywhere on this page</p>
      <p class="drop-note">
        JSON or YAML. With its Result beside it, the plan is shown without solving. Or what{' '}
        <code>kubectl get -o json</code> or the dashboard of Ray printed, with prices in a CSV file beside it.
      </p>
      <button type="button" class="primary" onClick={() => input.current?.click()}>
        Choose a file…
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".json,.yaml,.yml,.csv,application/json,application/yaml,text/csv"
        aria-label="Problem, or Problem and Result"
        onChange={choose}
      />
    </div>
  )
}

function Paste({ open }: { readonly open: Open }) {
  const [text, setText] = useState('')
  const id = useId()
  return (
    <details class="paste">
      <summary>Paste a text</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          open([{ kind: 'text', text }], 'the text')
        }}
      >
        <label for={id}>A Problem in JSON or YAML</label>
        <textarea
          id={id}
          rows={8}
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="primary">
          Open the text
        </button>
      </form>
    </details>
  )
}
