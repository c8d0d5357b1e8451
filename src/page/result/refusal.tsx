import { NO_CONFLICT_FOUND } from '../../report/text/reason-words.js'
import type { ResultView } from '../desk/views.js'

/** That no placement was found, and what cannot hold together, as far as that is known. */
export function Refusal({ result, isKept }: { readonly result: ResultView; readonly isKept: boolean }) {
  const { sentence, search, conflict } = result
  return (
    <section class="fault" role="alert">
      <h2>{sentence}</h2>
      {conflict.length > 0 ? (
        <>
          <p>These cannot hold together:</p>
          <ul class="issues">
            {conflict.map(({ path, message }) => (
              <li key={path}>
                <code>{path}</code>
                <span>{message}</span>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>
          {NO_CONFLICT_FOUND} {search}
        </p>
      )}
      <p>
        {isKept
          ? 'Take back what you have pinned or limited, or give the search more time. What is shown below is the plan of before.'
          : 'Mend the Problem and open it again.'}
      </p>
    </section>
  )
}
