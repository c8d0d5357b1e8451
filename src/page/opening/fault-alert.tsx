import { useEffect, useRef } from 'preact/hooks'
import type { Fault } from '../desk/fault.js'

/** More places than this are counted only. */
const MOST_ISSUES = 12

/** What could not be done, where, and how to mend it. */
export function FaultAlert({ fault, onClose }: { readonly fault: Fault; readonly onClose: () => void }) {
  const box = useRef<HTMLElement>(null)
  // Whatever is new is to be read.
  useEffect(() => {
    box.current?.focus()
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [fault])
  const { title, excerpt, issues = [], advice } = fault
  return (
    <section ref={box} class="fault" role="alert" tabIndex={-1}>
      <div class="fault-head">
        <h2>{title}</h2>
        <button type="button" class="quiet" onClick={onClose}>
          Dismiss
        </button>
      </div>
      {excerpt !== undefined && excerpt !== '' && <pre>{excerpt}</pre>}
      {issues.length > 0 && (
        <ul class="issues">
          {issues.slice(0, MOST_ISSUES).map(({ path, found, expected, hint }) => (
            <li key={`${path} ${found}`}>
              <code>{path === '' ? 'the whole file' : path}</code>
              <span>
                found {found}, expected {expected}
                {hint !== undefined && ` (${hint})`}
              </span>
            </li>
          ))}
          {issues.length > MOST_ISSUES && <li>… and {issues.length - MOST_ISSUES} more</li>}
        </ul>
      )}
      <p>{advice}</p>
    </section>
  )
}
