import { NO_CONFLICT_FOUND } from '../../report/text/reason-words.js'
import type { ResultView } from '../desk/views.js'
import { InquiryPanel } from '../inquiry/inquiry-panel.js'
import { useInquiry } from '../inquiry/use-inquiry.js'
import { decidedOn } from '../planning/verdicts.js'
import type { Page } from '../state/page.js'
import type { PageState } from '../state/page-state.js'

interface RefusalProps {
  readonly page: Page
  readonly state: PageState
  readonly result: ResultView
}

/** That no placement was found, and what cannot hold together, as far as that is known. */
export function Refusal({ page, state, result }: RefusalProps) {
  const { sentence, search, conflict, decisions } = result
  const asked = useInquiry(page, { kind: 'refusal' }, state.settings.threads, result)
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
        {state.result !== null
          ? 'Take back what you have pinned or limited, or give the search more time. What is shown below is the plan of before.'
          : 'Mend the Problem and open it again.'}
      </p>
      {decidedOn(decisions).size === 0 && (
        <InquiryPanel
          asked={asked}
          question="What would give it a placement?"
          isPlanning={state.activity.kind === 'planning'}
          heading="h3"
        />
      )}
    </section>
  )
}
