import type { ClusterView, FrameView, NodeCell } from '../desk/views.js'

/** Where the playback is. */
export interface PlayerState {
  readonly step: number
  /** null before the first frame. */
  readonly frame: FrameView | null
  readonly isPlaying: boolean
  /** Steps a second. */
  readonly speed: number
}

/** The migration of a cluster, step by step; of the nodes only those are told that change. */
export interface Player {
  readonly steps: number
  readonly state: PlayerState
  subscribe(listener: () => void): () => void
  /** How a node is at the moment, by the number of its row, and whether the last step is about it. */
  cell(row: number): NodeCell
  isTouched(row: number): boolean
  onCell(row: number, listener: () => void): () => void
  seek(step: number): void
  play(): void
  pause(): void
  setSpeed(speed: number): void
  /** Stops playing, for good. */
  close(): void
}

export type LoadFrame = (step: number) => Promise<FrameView>

/** More often a frame is not asked for: more is not seen. */
const FRAME_MS = 50

/** Cells that are drawn at a time. */
const CELLS_A_FRAME = 150

/** Steps a second that can be chosen. */
export const speeds = [1, 4, 16, 64, 256] as const

/**
 * Opens the playback at its beginning; `load` gives the cluster after so many steps, against the frame before;
 * `later` calls when the page has been drawn.
 */
export function openPlayer(cluster: ClusterView, load: LoadFrame, later = nextFrame): Player {
  const cells = cluster.rows.map(({ before }) => before)
  const listeners = new Set<() => void>()
  const cellListeners = new Map<number, Set<() => void>>()
  let state: PlayerState = { step: 0, frame: null, isPlaying: false, speed: chooseSpeed(cluster.steps) }
  const untold = new Set<number>()
  let touched = new Set<number>()
  let wanted = 0
  let isLoading = false
  let isClosed = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const change = (changes: Partial<PlayerState>) => {
    state = { ...state, ...changes }
    for (const listener of [...listeners]) listener()
  }
  /** Few cells are told at once, many over several frames: else drawing them would hold up the page. */
  const tell = (rows: Iterable<number>) => {
    const isWaiting = untold.size > 0
    for (const row of rows) untold.add(row)
    if (!isWaiting) tellSome()
  }
  const tellSome = () => {
    let left = CELLS_A_FRAME
    for (const row of untold) {
      if (left-- === 0) break
      untold.delete(row)
      for (const listener of [...(cellListeners.get(row) ?? [])]) listener()
    }
    if (untold.size > 0 && !isClosed) later(tellSome)
  }
  const show = (frame: FrameView) => {
    const told = new Set([...touched, ...frame.touched])
    // Of a jump to the end the whole migration is seen, not its last step.
    const isJump = frame.step === cluster.steps && Math.abs(frame.step - state.step) > 1
    touched = new Set(isJump ? [] : frame.touched)
    for (const [row, cell] of frame.changed) {
      cells[row] = cell
      told.add(row)
    }
    tell(told)
    change({ step: frame.step, frame })
  }
  /** One frame at a time; where several are wanted meanwhile, the last of them. */
  const loadWanted = async () => {
    if (isLoading) return
    isLoading = true
    try {
      do {
        const frame = await load(wanted)
        if (isClosed) return
        show(frame)
      } while (state.step !== wanted)
    } finally {
      isLoading = false
    }
  }
  const seek = (step: number) => {
    wanted = Math.max(0, Math.min(cluster.steps, Math.round(step)))
    void loadWanted()
  }
  const pause = () => {
    clearTimeout(timer)
    if (state.isPlaying) change({ isPlaying: false })
  }
  const tick = () => {
    const everyMs = Math.max(FRAME_MS, 1000 / state.speed)
    timer = setTimeout(() => {
      // Where frames come too slowly, the playback waits for them.
      if (!isLoading) seek(state.step + Math.max(1, Math.round((state.speed * everyMs) / 1000)))
      if (wanted >= cluster.steps) pause()
      else tick()
    }, everyMs)
  }
  return {
    steps: cluster.steps,
    get state() {
      return state
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    cell: (row) => cells[row] as NodeCell,
    isTouched: (row) => touched.has(row),
    onCell(row, listener) {
      const own = cellListeners.get(row) ?? new Set()
      cellListeners.set(row, own)
      own.add(listener)
      return () => own.delete(listener)
    },
    seek(step) {
      pause()
      seek(step)
    },
    play() {
      if (state.isPlaying || cluster.steps === 0) return
      if (state.step >= cluster.steps) seek(0)
      change({ isPlaying: true })
      tick()
    },
    pause,
    setSpeed: (speed) => change({ speed }),
    close() {
      isClosed = true
      clearTimeout(timer)
    }
  }
}

function nextFrame(act: () => void): void {
  requestAnimationFrame(act)
}

/** The least speed at which the whole migration is seen within about half a minute. */
function chooseSpeed(steps: number): number {
  return speeds.find((speed) => steps / speed <= 30) ?? speeds[speeds.length - 1] ?? 1
}
