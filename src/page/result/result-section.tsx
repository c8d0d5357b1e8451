import type { ResultView } from '../desk/views.js'
import { InquiryPanel } from '../inquiry/inquiry-panel.js'
import { useInquiry } from '../inquiry/use-inquiry.js'
import { TrailChart } from '../planning/trail-chart.js'
import type { Page } from '../state/page.js'
import { isStale, type PageState } from '../state/page-state.js'
import { ResultTiles } from './result-tiles.js'

interface ResultProps {
  readonly page: Page
  readonly state: PageState
  readonly result: ResultView
}

/** What the plan is worth, how good it is proven to be, and what needs attention. */
export function ResultSection({ page, state, result }: ResultProps) {
  const isPlanning = state.activity.kind === 'planning'
  const asked = useInquiry(page, { kind: 'cluster' }, state.settings.threads, result)
  return (
    <section class="result" aria-labelledby="result-heading" aria-busy={isPlanning}>
      <h2 id="result-heading" class="hidden">
        Result
      </h2>
      {isStale(state) && !isPlanning && <p class="stale">This plan does not know yet what you have changed.</p>}
      <p class="lead" role="status">
        {result.sentence}
      </p>
      <ResultTiles tiles={result.tiles} />
      <Violations violations={result.violations} />
      <InquiryPanel asked={asked} question="What would make it cheaper?" isPlanning={isPlanning} heading="h3" />
      {result.remarks.map(({ title, items }) => (
        <details class="remark" key={title}>
          <summary>{title}</summary>
          <ul>
            {items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </details>
      ))}
      {result.trail.length > 0 && !isPlanning && (
        <details class="remark">
          <summary>How it was found</summary>
          <p class="search">{result.search}</p>
          <TrailChart trail={result.trail} />
        </details>
      )}
    </section>
  )
}

/** What the checker finds wrong; of a plan that is right the tiles say so. */
function Violations({ violations }: { readonly violations: readonly string[] }) {
  if (violations.length === 0) return null
  return (
    <div class="unchecked" role="alert">
      <p>The independent checker finds this wrong with it:</p>
      <ul>
        {violations.map((violation) => (
          <li key={violation}>{violation}</li>
        ))}
      </ul>
    </div>
  )
}
