import { useEffect, useId, useState } from 'preact/hooks'

interface LimitProps {
  readonly label: string
  readonly least: number
  readonly isWhole?: boolean
  /** null: no limit. */
  readonly value: number | null
  readonly onChange: (value: number | null) => void
}

/** A limit; an empty field is none. What is no such number is said, and nothing changes. */
export function LimitField({ label, least, isWhole = false, value, onChange }: LimitProps) {
  const id = useId()
  const written = value === null ? '' : String(value)
  const [text, setText] = useState(written)
  useEffect(() => setText(written), [written])
  const isWrong = readLimit(text, least, isWhole) === undefined
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode={isWhole ? 'numeric' : 'decimal'}
        placeholder="no limit"
        value={text}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-fault` : undefined}
        onInput={(event) => {
          const typed = event.currentTarget.value
          setText(typed)
          const limit = readLimit(typed, least, isWhole)
          if (limit !== undefined && limit !== value) onChange(limit)
        }}
      />
      {isWrong && (
        <p class="wrong" id={`${id}-fault`} role="alert">
          Found “{text}”, expected a {isWhole ? 'whole ' : ''}number of at least {least}, or nothing for no limit.
        </p>
      )}
    </div>
  )
}

/** The limit that a text says; null for none, undefined where it says something else. */
function readLimit(text: string, least: number, isWhole: boolean): number | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const number = Number(trimmed)
  return Number.isFinite(number) && number >= least && (!isWhole || Number.isSafeInteger(number)) ? number : undefined
}
