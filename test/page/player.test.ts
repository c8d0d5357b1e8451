import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ClusterView, FrameView, NodeCell, NodeRow } from '../../src/page/desk/views.js'
import { openPlayer } from '../../src/page/playback/player.js'

const cell = (copies: number): NodeCell => ({
  presence: 'there',
  isCordoned: false,
  copies,
  starting: 0,
  draining: 0,
  shares: [],
  devices: []
})
const row = (id: string): NodeRow => {
  return { id, type: '', costPerHour: 1, fate: 'stays', resources: [], before: cell(0) }
}

/** A cluster of so many nodes; step k puts k copies on all of them. */
function open(steps: number, nodes = 2) {
  const cluster: ClusterView = {
    rows: Array.from({ length: nodes }, (_, index) => row(`n${index}`)),
    steps,
    seconds: 0,
    costs: []
  }
  const asked: number[] = []
  const load = async (step: number): Promise<FrameView> => {
    asked.push(step)
    return {
      step,
      seconds: step,
      costPerHour: step,
      sentence: '',
      migrations: { done: 0, inFlight: 0, total: 0 },
      changed: cluster.rows.map((_, index) => [index, cell(step)] as const),
      touched: [0]
    }
  }
  const frames: (() => void)[] = []
  return { player: openPlayer(cluster, load, (act) => frames.push(act)), asked, frames }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a player', () => {
  test('goes to a step, within the plan, and tells the nodes that change', async () => {
    const { player } = open(10)
    const told = vi.fn()
    const leave = player.onCell(1, told)
    player.seek(3)
    await vi.advanceTimersByTimeAsync(0)
    expect(player.state.step).toBe(3)
    expect(player.cell(1).copies).toBe(3)
    expect([player.isTouched(0), player.isTouched(1)]).toEqual([true, false])
    expect(told).toHaveBeenCalledTimes(1)
    leave()
    player.seek(99)
    await vi.advanceTimersByTimeAsync(0)
    expect(player.state.step).toBe(10)
    expect(told).toHaveBeenCalledTimes(1)
  })

  test('asks for one frame at a time, and of several that are wanted for the last', async () => {
    const { player, asked } = open(10)
    for (const step of [1, 2, 3, 4]) player.seek(step)
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toEqual([1, 4])
    expect(player.state.step).toBe(4)
  })

  test('plays to the end at its speed, and from the beginning when it is there', async () => {
    const { player } = open(4)
    player.seek(4)
    await vi.advanceTimersByTimeAsync(0)
    player.setSpeed(1)
    player.play()
    await vi.advanceTimersByTimeAsync(0)
    expect(player.state).toMatchObject({ step: 0, isPlaying: true })
    await vi.advanceTimersByTimeAsync(2500)
    expect(player.state).toMatchObject({ step: 2, isPlaying: true })
    await vi.advanceTimersByTimeAsync(2500)
    expect(player.state).toMatchObject({ step: 4, isPlaying: false })
  })

  test('skips steps where a frame cannot show each, and stops when told', async () => {
    const { player } = open(10_000)
    player.setSpeed(256)
    player.play()
    await vi.advanceTimersByTimeAsync(1000)
    expect(player.state.step).toBeGreaterThan(200)
    player.pause()
    const { step } = player.state
    await vi.advanceTimersByTimeAsync(1000)
    expect(player.state).toMatchObject({ step, isPlaying: false })
  })

  test('tells many nodes over several frames', async () => {
    const { player, frames } = open(3, 400)
    const told = vi.fn()
    for (let index = 0; index < 400; index++) player.onCell(index, told)
    player.seek(1)
    await vi.advanceTimersByTimeAsync(0)
    expect(told.mock.calls.length).toBeLessThan(200)
    expect(player.cell(399).copies).toBe(1)
    while (frames.length > 0) frames.shift()?.()
    expect(told).toHaveBeenCalledTimes(400)
  })
})
