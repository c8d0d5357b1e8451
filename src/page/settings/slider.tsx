import { useId } from 'preact/hooks'

interface SliderProps {
  readonly label: string
  readonly min: number
  readonly max: number
  readonly value: number
  /** What the value means. */
  readonly words: string
  readonly onChange: (value: number) => void
}

/** A number between two others, and what it means. */
export function Slider({ label, min, max, value, words, onChange }: SliderProps) {
  const id = useId()
  const done = max > min ? ((value - min) / (max - min)) * 100 : 100
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <output for={id}>{words}</output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        value={value}
        style={{ '--done': `${done}%` }}
        aria-valuetext={words}
        onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
    </div>
  )
}
