import { useState } from 'preact/hooks'
import type { Decisions } from '../../../models/contract/decisions.js'
import type { ProblemView } from '../desk/views.js'
import { toggled } from '../planning/toggled.js'
import type { Wishes } from '../planning/wishes.js'
import type { Page } from '../state/page.js'
import { Toggle } from './toggle.js'

interface WishProps {
  readonly page: Page
  readonly wishes: Wishes
  readonly problem: ProblemView
}

interface ListProps extends WishProps {
  /** What was decided on single moves. */
  readonly decisions: Decisions
}

/** Something that was wanted, and how it is taken back. */
interface Wanted {
  readonly name: string
  readonly words: string
  readonly takeBack: () => void
}

/** What stays, what must be empty, what was decided: each to be taken back. */
export function WishList({ page, wishes, problem, decisions }: ListProps) {
  const wanted = listWanted(page, wishes, decisions)
  return (
    <>
      <h2>Pins and decisions</h2>
      {wanted.length === 0 ? (
        <p class="small">Choose a node, or a move in the table of moves, to say what you want of it.</p>
      ) : (
        <ul class="chips">
          {wanted.map(({ name, words, takeBack }) => (
            <li key={`${name} ${words}`}>
              <span>
                <b>{name}</b> {words}
              </span>
              <button type="button" aria-label={`Take back: ${name} ${words}`} onClick={takeBack}>
                <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Deployments page={page} wishes={wishes} problem={problem} />
    </>
  )
}

function listWanted(page: Page, { emptiedNodes, keptNodes }: Wishes, { accept, reject, pin }: Decisions): Wanted[] {
  const decided = (replica: string, words: string) => {
    return { name: replica, words, takeBack: () => void page.decide('forget', replica) }
  }
  return [
    ...emptiedNodes.map((name) => {
      const takeBack = () => page.wish({ emptiedNodes: toggled(emptiedNodes, name, false) })
      return { name, words: 'must be empty', takeBack }
    }),
    ...keptNodes.map((name) => {
      const takeBack = () => page.wish({ keptNodes: toggled(keptNodes, name, false) })
      return { name, words: 'is not given back', takeBack }
    }),
    ...accept.map(({ replica, node }) => decided(replica, `ends on ${node}`)),
    ...reject.map(({ replica, node }) => decided(replica, `does not come to ${node}`)),
    ...pin.map(({ replica }) => decided(replica, 'stays where it is'))
  ]
}

/** More are found by their names. */
const MOST_SHOWN = 30

function Deployments({ page, wishes, problem }: WishProps) {
  const [text, setText] = useState('')
  const pinned = wishes.pinnedDeployments
  const found = problem.deployments.filter(({ id }) => id.toLowerCase().includes(text.trim().toLowerCase()))
  return (
    <details class="deployments">
      <summary>Deployments that stay{pinned.length > 0 && ` (${pinned.length})`}</summary>
      <input
        type="search"
        aria-label="Find a deployment"
        placeholder="find a deployment"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <ul>
        {found.slice(0, MOST_SHOWN).map(({ id, replicas, isFixed }) => (
          <li key={id}>
            {isFixed ? (
              <span class="small">{id}: stays, as the Problem says</span>
            ) : (
              <Toggle
                label={`${id} (${replicas})`}
                name={`All replicas of ${id} stay where they are`}
                isOn={pinned.includes(id)}
                onChange={(isOn) => page.wish({ pinnedDeployments: toggled(pinned, id, isOn) })}
              />
            )}
          </li>
        ))}
        {found.length > MOST_SHOWN && <li class="small">and {found.length - MOST_SHOWN} more: find them by name</li>}
      </ul>
    </details>
  )
}
