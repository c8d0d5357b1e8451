import { useEffect, useRef, useState } from 'preact/hooks'
import { FATE_NAMES } from '../../report/cluster/fate-words.js'
import { formatCount, formatMoney } from '../../report/text/numbers.js'
import type { ClusterView, NodeDetails, ResidentView } from '../desk/views.js'
import { InquiryPanel } from '../inquiry/inquiry-panel.js'
import { useInquiry } from '../inquiry/use-inquiry.js'
import { toggled } from '../planning/toggled.js'
import { Toggle } from '../settings/toggle.js'
import type { Page } from '../state/page.js'
import type { PageState } from '../state/page-state.js'

interface DetailsProps {
  readonly page: Page
  readonly state: PageState
  readonly cluster: ClusterView
  readonly row: number
  readonly onClose: () => void
}

/** A node by itself: what becomes of it and why, who is there, and what is wanted of it. */
export function NodeDetailsPanel({ page, state, cluster, row, onClose }: DetailsProps) {
  const details = useDetails(page, cluster, row)
  const about = { kind: 'node', node: cluster.rows[row]?.id ?? '' } as const
  const asked = useInquiry(page, about, state.settings.threads, cluster)
  const heading = useRef<HTMLHeadingElement>(null)
  const node = cluster.rows[row]
  const id = node?.id
  // Another node is to be read from its beginning.
  useEffect(() => heading.current?.focus(), [id])
  if (node === undefined || state.wishes === null) return null
  const { emptiedNodes, keptNodes } = state.wishes
  const wish = (emptied: boolean, kept: boolean) =>
    page.wish({ emptiedNodes: toggled(emptiedNodes, node.id, emptied), keptNodes: toggled(keptNodes, node.id, kept) })
  const close = () => {
    onClose()
    document.querySelector<HTMLButtonElement>('button.node[tabindex="0"]')?.focus()
  }
  return (
    <aside
      class="details panel"
      aria-labelledby="details-heading"
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <div class="details-head">
        <h3 id="details-heading" ref={heading} tabIndex={-1}>
          {node.id}
        </h3>
        <button type="button" class="quiet" onClick={close}>
          Close
        </button>
      </div>
      <p class="details-line">
        {[node.type, `${formatMoney(node.costPerHour)} an hour`, FATE_NAMES[node.fate]]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      {asked.answer === null && <p>{details?.reason ?? ''}</p>}
      {state.result !== null && node.fate === 'stays' && (
        <InquiryPanel
          asked={asked}
          question="What would free it?"
          isPlanning={state.activity.kind === 'planning'}
          heading="h4"
        />
      )}
      {details !== null && <Labels labels={details.labels} />}
      {node.fate !== 'new' && node.fate !== 'rented' && (
        <fieldset class="wishes">
          <legend>What you want of it</legend>
          <Toggle
            label="must be empty in the end"
            isOn={emptiedNodes.includes(node.id)}
            onChange={(isOn) => wish(isOn, false)}
          />
          <Toggle label="is not given back" isOn={keptNodes.includes(node.id)} onChange={(isOn) => wish(false, isOn)} />
        </fieldset>
      )}
      {details !== null && <Residents page={page} state={state} residents={details.residents} />}
    </aside>
  )
}

function Labels({ labels }: Pick<NodeDetails, 'labels'>) {
  if (labels.length === 0) return null
  return (
    <dl class="labels">
      {labels.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const ROLES: Record<ResidentView['role'], string> = {
  stays: 'stays',
  leaves: 'goes to',
  arrives: 'comes from',
  room: 'room that is kept free'
}

function Residents({ page, state, residents }: { page: Page; state: PageState; residents: readonly ResidentView[] }) {
  const isPinned = (replica: string) => state.result?.decisions.pin.some((one) => one.replica === replica) === true
  return (
    <table class="residents">
      <caption>
        {residents.length === 0
          ? 'Nothing runs on it.'
          : `${formatCount(residents.length, 'replica')}, before or after`}
      </caption>
      {residents.length > 0 && (
        <thead>
          <tr>
            <th scope="col">Replica</th>
            <th scope="col">Move</th>
            <th scope="col">Pin</th>
          </tr>
        </thead>
      )}
      <tbody>
        {residents.map(({ replica, deployment, role, other, pin }, index) => (
          <tr key={replica ?? `room-${index}`}>
            <th scope="row">
              {replica ?? '–'} <small>{deployment}</small>
            </th>
            <td>
              <span class={`role ${role}`}>{ROLES[role]}</span>
              {(role === 'leaves' || role === 'arrives') && ` ${other ?? 'nowhere'}`}
            </td>
            <td>
              {replica !== null && state.result !== null && pin === 'free' && (
                <Toggle
                  label="stays"
                  name={`${replica} stays here`}
                  isOn={isPinned(replica)}
                  onChange={(isOn) => void page.decide(isOn ? 'pin' : 'forget', replica)}
                />
              )}
              {pin === 'fixed' && 'pinned'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What is known of a node beyond its picture; null until it has come. */
function useDetails(page: Page, cluster: ClusterView, row: number): NodeDetails | null {
  const [details, setDetails] = useState<{ cluster: ClusterView; value: NodeDetails } | null>(null)
  useEffect(() => {
    let isWanted = true
    void page.desk.details(row).then((value) => {
      if (isWanted) setDetails({ cluster, value })
    })
    return () => {
      isWanted = false
    }
  }, [page, cluster, row])
  return details?.cluster === cluster && details.value.row === row ? details.value : null
}
