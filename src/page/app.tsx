import { useEffect, useMemo, useRef } from 'preact/hooks'
import { ClusterSection } from './cluster/cluster-section.js'
import { Colophon } from './opening/colophon.js'
import { FaultAlert } from './opening/fault-alert.js'
import { ImportNote } from './opening/import-note.js'
import { Masthead } from './opening/masthead.js'
import { OpenAgain } from './opening/open-again.js'
import { Opening } from './opening/opening.js'
import { useDropping } from './opening/use-dropping.js'
import { ProgressPanel } from './planning/progress-panel.js'
import { openPlayer } from './playback/player.js'
import { Downloads } from './result/downloads.js'
import { Refusal } from './result/refusal.js'
import { ResultSection } from './result/result-section.js'
import { SettingsPanel } from './settings/settings-panel.js'
import type { Page } from './state/page.js'
import { useSource } from './state/store.js'

/** The whole page: what is to be opened; then what was opened, how it is planned, and what comes of it. */
export function App({ page }: { readonly page: Page }) {
  const state = useSource(page.store.subscribe, () => page.store.state)
  const { problem, cluster, fault, reading, refusal, result } = state
  const isDropping = useDropping((files) =>
    page.open(
      files.map((file) => ({ kind: 'file', file })),
      files.map(({ name }) => name).join(' and ')
    )
  )
  const player = useMemo(
    () => (cluster === null ? null : openPlayer(cluster, (step) => page.desk.frame(step))),
    [cluster, page]
  )
  useEffect(() => {
    // A plan is shown at its end; to play it, it begins anew.
    if (player !== null && player.steps > 0) player.seek(player.steps)
    return () => player?.close()
  }, [player])
  const heading = useFocusOn(problem)
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <Masthead>{problem !== null && <OpenAgain page={page} />}</Masthead>
      <main id="content" tabIndex={-1} class={problem === null ? 'empty' : 'opened'}>
        {fault !== null && <FaultAlert fault={fault} onClose={() => page.store.dispatch({ kind: 'fault-read' })} />}
        {reading !== null && (
          <p class="reading" role="status">
            Reading {reading}…
          </p>
        )}
        {problem === null || cluster === null || player === null ? (
          <Opening page={page} />
        ) : (
          <>
            <div class="work-head">
              <h1 ref={heading} tabIndex={-1}>
                {problem.name}
              </h1>
              {result !== null && <Downloads page={page} />}
            </div>
            {problem.imported !== null && <ImportNote told={problem.imported} />}
            <SettingsPanel page={page} state={state} problem={problem} />
            <div class="work">
              {refusal !== null && <Refusal page={page} state={state} result={refusal} />}
              <ProgressPanel page={page} state={state} />
              {result !== null && <ResultSection page={page} state={state} result={result} />}
              <ClusterSection page={page} state={state} cluster={cluster} player={player} />
            </div>
          </>
        )}
      </main>
      <Colophon />
      {isDropping && (
        <div class="drop-veil">Drop a Problem, a Problem and its Result, or what kubectl or Ray printed</div>
      )}
    </>
  )
}

/** Moves the focus to a heading when something else is there. */
function useFocusOn(what: unknown) {
  const heading = useRef<HTMLHeadingElement>(null)
  // The focus moves whenever that changes.
  useEffect(() => heading.current?.focus(), [what])
  return heading
}
