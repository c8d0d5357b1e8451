import { useEffect, useMemo, useState } from 'preact/hooks'
import { formatCount } from '../../report/text/numbers.js'
import type { ClusterView, MoveView } from '../desk/views.js'
import { type VerdictName, verdictOn } from '../planning/verdicts.js'
import type { Page } from '../state/page.js'
import type { PageState } from '../state/page-state.js'

interface MovesProps {
  readonly page: Page
  readonly state: PageState
  readonly cluster: ClusterView
  readonly onNode: (id: string) => void
}

/** So many are shown at first, and so many more whenever that is asked for. */
const PAGE_LENGTH = 40

/** Every replica that is elsewhere in the end, and what its move is for. */
export function MovesList({ page, state, cluster, onNode }: MovesProps) {
  const moves = useMoves(page, cluster)
  const [text, setText] = useState('')
  const [shown, setShown] = useState(PAGE_LENGTH)
  const wanted = text.trim().toLowerCase()
  const found = useMemo(
    () =>
      moves.filter(({ replica, deployment, from, to }) =>
        [replica, deployment, from, to].some((name) => name.toLowerCase().includes(wanted))
      ),
    [moves, wanted]
  )
  const accepted = new Set(state.result?.decisions.accept.map(({ replica }) => replica))
  const verdicts = state.activity.kind === 'planning' ? (state.activity.verdicts ?? {}) : {}
  if (moves.length === 0) return null
  const hasPurposes = moves.some(({ purpose }) => purpose !== '')
  return (
    <section class="moves" aria-labelledby="moves-heading">
      <div class="cluster-head">
        <h2 id="moves-heading">Moves</h2>
        <p class="count" role="status">
          {found.length === moves.length
            ? formatCount(moves.length, 'move')
            : `${found.length} of ${moves.length} moves`}
        </p>
        <label class="find">
          Find
          <input
            type="search"
            value={text}
            placeholder="name"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard. */}
      <section class="scroll" tabIndex={0} aria-label="Table of moves">
        <table>
          <thead>
            <tr>
              <th scope="col">Replica</th>
              <th scope="col">From</th>
              <th scope="col">To</th>
              {hasPurposes && <th scope="col">What for</th>}
              <th scope="col">Decision</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, shown).map(({ replica, deployment, from, to, purpose }) => (
              <tr key={replica}>
                <th scope="row">
                  {replica} <small>{deployment}</small>
                </th>
                <td>
                  <NodeLink id={from} onNode={onNode} />
                </td>
                <td>
                  <NodeLink id={to} onNode={onNode} />
                </td>
                {hasPurposes && <td>{purpose}</td>}
                <td>
                  <VerdictChoice
                    replica={replica}
                    verdict={verdictOn(verdicts, replica) ?? (accepted.has(replica) ? 'accept' : 'forget')}
                    decide={(name, id) => void page.decide(name, id)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {found.length > shown && (
        <button type="button" class="quiet" onClick={() => setShown(shown + PAGE_LENGTH)}>
          Show {Math.min(PAGE_LENGTH, found.length - shown)} more
        </button>
      )}
    </section>
  )
}

interface ChoiceProps {
  readonly replica: string
  readonly verdict: VerdictName
  readonly decide: (verdict: VerdictName, replica: string) => void
}

/** What is decided on a move; the plan is solved again at once. */
function VerdictChoice({ replica, verdict, decide }: ChoiceProps) {
  return (
    <select
      aria-label={`Decision on ${replica}`}
      value={verdict}
      onChange={(event) => decide(event.currentTarget.value as VerdictName, replica)}
    >
      <option value="forget">undecided</option>
      <option value="accept">accept</option>
      <option value="reject">reject: not there</option>
      <option value="pin">pin: stays</option>
    </select>
  )
}

function NodeLink({ id, onNode }: { readonly id: string; readonly onNode: (id: string) => void }) {
  return (
    <button type="button" class="link" onClick={() => onNode(id)}>
      {id}
    </button>
  )
}

function useMoves(page: Page, cluster: ClusterView): readonly MoveView[] {
  const [moves, setMoves] = useState<readonly MoveView[]>([])
  useEffect(() => {
    let isWanted = true
    void page.desk.moves().then((value) => {
      if (isWanted) setMoves(value)
    })
    return () => {
      isWanted = false
    }
  }, [page, cluster])
  return moves
}
