interface ToggleProps {
  readonly label: string
  /** What a screen reader says instead, where the label needs what stands beside it. */
  readonly name?: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

/** Something that is wanted or not. */
export function Toggle({ label, name, isOn, onChange }: ToggleProps) {
  return (
    <label class="toggle">
      <input
        type="checkbox"
        checked={isOn}
        aria-label={name}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {label}
    </label>
  )
}
