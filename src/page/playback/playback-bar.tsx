import { formatAmount, formatClock, formatMoney } from '../../report/text/numbers.js'
import { Fact } from '../layout/fact.js'
import { useSource } from '../state/store.js'
import { type Player, speeds } from './player.js'

/** Steps through the migration, and plays it. */
export function PlaybackBar({ player, seconds }: { readonly player: Player; readonly seconds: number }) {
  const { step, frame, isPlaying, speed } = useSource(player.subscribe, () => player.state)
  const { steps } = player
  const clock = formatClock(frame?.seconds ?? 0)
  const cost = frame === null ? '' : formatMoney(frame.costPerHour)
  const sentence = describeFrame(step, steps, frame?.sentence ?? '')
  return (
    <section class="playback" aria-label="Playback of the migration">
      <div class="controls">
        <Control label="First" sign="first" disabled={step === 0} act={() => player.seek(0)} />
        <Control label="Step back" sign="back" disabled={step === 0} act={() => player.seek(step - 1)} />
        <button
          type="button"
          class="play"
          aria-pressed={isPlaying}
          onClick={() => (isPlaying ? player.pause() : player.play())}
        >
          <Sign name={isPlaying ? 'pause' : 'play'} />
          {isPlaying ? 'Pause' : 'Play'}
        </button>
        <Control label="Step forward" sign="forward" disabled={step === steps} act={() => player.seek(step + 1)} />
        <Control label="Last" sign="last" disabled={step === steps} act={() => player.seek(steps)} />
      </div>
      <input
        class="scrubber"
        type="range"
        aria-label="Step"
        min={0}
        max={steps}
        value={step}
        style={{ '--done': `${steps === 0 ? 100 : (step / steps) * 100}%` }}
        aria-valuetext={`step ${step} of ${steps}, at ${clock}, ${cost} an hour`}
        onInput={(event) => player.seek(event.currentTarget.valueAsNumber)}
      />
      <label class="speed">
        <span>Steps a second</span>
        <select
          aria-label="Steps a second"
          value={speed}
          onChange={(event) => player.setSpeed(Number(event.currentTarget.value))}
        >
          {speeds.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <dl class="moment">
        <Fact label="Step" value={`${formatAmount(step)} of ${formatAmount(steps)}`} />
        <Fact label="Time" value={`${clock} of ${formatClock(seconds)}`} />
        <Fact label="Cost an hour" value={cost} />
        <Fact
          label="Migrations"
          value={
            frame === null
              ? ''
              : `${formatAmount(frame.migrations.done)} of ${formatAmount(frame.migrations.total)}, ${formatAmount(frame.migrations.inFlight)} in flight`
          }
        />
      </dl>
      {/* While it plays, a screen reader could not keep up. */}
      <p class="sentence" aria-live={isPlaying ? 'off' : 'polite'}>
        {sentence}
      </p>
    </section>
  )
}

function describeFrame(step: number, steps: number, sentence: string): string {
  if (steps === 0) return 'Nothing moves.'
  if (step === 0) return 'Before the first step.'
  return step === steps ? `${sentence} The migration is done.` : sentence
}

type SignName = keyof typeof SIGNS

const SIGNS = {
  first: 'M3 3h2v10H3zM13 3v10L6 8z',
  back: 'M11 3v10L4 8z',
  play: 'M4 2.5v11L13 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  forward: 'M5 3v10l7-5z',
  last: 'M11 3h2v10h-2zM3 3v10l7-5z'
}

function Sign({ name }: { readonly name: SignName }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={SIGNS[name]} />
    </svg>
  )
}

interface ControlProps {
  readonly label: string
  readonly sign: SignName
  readonly disabled: boolean
  readonly act: () => void
}

/** A button that keeps the focus where it can do nothing more. */
function Control({ label, sign, disabled, act }: ControlProps) {
  return (
    <button
      type="button"
      class="control"
      aria-label={label}
      title={label}
      aria-disabled={disabled}
      onClick={() => !disabled && act()}
    >
      <Sign name={sign} />
    </button>
  )
}
