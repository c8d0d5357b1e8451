import { useRef } from 'preact/hooks'
import type { Page } from '../state/page.js'
import { Opening } from './opening.js'

/** The button that opens another Problem, in a dialogue of its own. */
export function OpenAgain({ page }: { readonly page: Page }) {
  const dialogue = useRef<HTMLDialogElement>(null)
  return (
    <>
      <button type="button" class="quiet" onClick={() => dialogue.current?.showModal()}>
        Open another…
      </button>
      <dialog ref={dialogue} class="open-dialogue" aria-labelledby="open-another">
        <div class="dialogue-head">
          <h2 id="open-another">Open another Problem</h2>
          <button type="button" class="quiet" onClick={() => dialogue.current?.close()}>
            Close
          </button>
        </div>
        <Opening page={page} isAgain onChosen={() => dialogue.current?.close()} />
      </dialog>
    </>
  )
}
