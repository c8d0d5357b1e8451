import type { Line, Section, Table } from '../../report/why/section.js'
import { ASK_SECONDS } from './inquiry.js'
import type { Asked } from './use-inquiry.js'

interface InquiryProps {
  readonly asked: Asked
  /** What is asked, as it stands on the button. */
  readonly question: string
  /** Whether something is being planned: that comes first. */
  readonly isPlanning: boolean
  /** Of the headings of the answer, below the one it stands under. */
  readonly heading: 'h3' | 'h4'
}

/** A question on a button; then how far it is; then the answer. */
export function InquiryPanel({ asked, question, isPlanning, heading }: InquiryProps) {
  const { state, progress, answer } = asked
  return (
    <div class="inquiry" aria-busy={state === 'asking'}>
      {state === 'asking' ? (
        <>
          <p role="status">{progress === null ? 'Asking…' : `${progress.done} of ${progress.of}: ${progress.doing}`}</p>
          <button type="button" class="quiet" onClick={asked.cancel}>
            Cancel
          </button>
        </>
      ) : (
        answer === null && (
          <>
            <button type="button" disabled={isPlanning} onClick={asked.ask}>
              {question}
            </button>
            <p class="hint">Changes one thing at a time and solves again, for up to {ASK_SECONDS} s.</p>
          </>
        )
      )}
      {answer?.kind === 'fault' && (
        <p role="alert">
          {answer.fault.title} {answer.fault.advice}
        </p>
      )}
      {answer?.kind === 'told' && (
        <div role="status">
          {answer.sections.map((section, index) => (
            <SectionView key={section.title ?? index} section={section} heading={heading} />
          ))}
        </div>
      )}
    </div>
  )
}

function SectionView({ section, heading: Heading }: { readonly section: Section } & Pick<InquiryProps, 'heading'>) {
  const { title, aside, table, lines } = section
  const sentences = lines.filter((line) => line.kind === 'sentence')
  const items = lines.filter((line) => line.kind === 'item')
  return (
    <section>
      {title !== undefined && (
        <Heading>
          {title} {aside !== undefined && <small>{aside}</small>}
        </Heading>
      )}
      {table !== undefined && <TableView table={table} />}
      <ItemList items={items} />
      {sentences.map(({ text }) => (
        <p key={text}>{text}</p>
      ))}
    </section>
  )
}

function ItemList({ items }: { readonly items: readonly Extract<Line, { kind: 'item' }>[] }) {
  if (items.length === 0) return null
  return (
    <ul>
      {items.map(({ text, note }) => (
        <li key={text}>
          {text}
          {note !== undefined && <small>{note}</small>}
        </li>
      ))}
    </ul>
  )
}

function TableView({ table: { head, ends, rows } }: { readonly table: Table }) {
  return (
    <table>
      <thead>
        <tr>
          {head.map((name, column) => (
            <th key={name} scope="col" class={ends[column]}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.join()}>
            {row.map((cell, column) => (
              <td key={head[column]} class={ends[column]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
