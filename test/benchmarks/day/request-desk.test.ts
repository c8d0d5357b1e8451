import { describe, expect, test } from 'vitest'
import { LATE_SECONDS, RequestDesk, Seat, TIMEOUT_SECONDS } from '../../../benchmarks/day/request-desk.mjs'
import { seededRandom } from '../../../benchmarks/families/random.mjs'

const SERVICE_SECONDS = 10
const open = (maxOngoing: number) => new RequestDesk(maxOngoing, () => SERVICE_SECONDS, seededRandom(1))

/** Seconds from `from` on, with so many requests in the first of them. */
function pass(desk: RequestDesk, from: number, seconds: number, arrivals = 0) {
  for (let second = from; second < from + seconds; second++) desk.tick(second, second === from ? arrivals : 0)
}

describe('requests', () => {
  test('wait in order for room, and are late after a while', () => {
    const desk = open(2)
    const seat = new Seat()
    desk.open(seat)
    pass(desk, 0, 1, 6)
    expect({ ongoing: seat.ongoing, queued: desk.queued, all: desk.ongoing }).toEqual({ ongoing: 2, queued: 4, all: 6 })
    pass(desk, 1, 3 * SERVICE_SECONDS)
    expect(seat.ongoing).toBe(0)
    expect(desk.tally).toMatchObject({ requests: 6, late: 4, lost: 0, lateThroughMoves: 0 })
    expect([0, 10, 20].map((wait) => desk.tally.waits[wait])).toEqual([2, 2, 2])
    expect(LATE_SECONDS).toBeLessThan(SERVICE_SECONDS)
  })

  test('are dropped when nobody serves them in time', () => {
    const desk = open(2)
    pass(desk, 0, TIMEOUT_SECONDS + 1, 5)
    expect(desk.tally).toMatchObject({ requests: 5, late: 0, lost: 5, lostThroughMoves: 0 })
    expect(desk.queued).toBe(0)
  })

  test('in service end where they are when a replica takes no more, and are lost when it goes', () => {
    const desk = open(4)
    const [one, other] = [new Seat(), new Seat()]
    desk.open(one)
    pass(desk, 0, 1, 3)
    desk.close(one)
    desk.open(other)
    pass(desk, 1, 1, 2)
    expect([one.ongoing, other.ongoing]).toEqual([3, 2])
    pass(desk, 2, SERVICE_SECONDS - 1)
    expect([one.ongoing, other.ongoing]).toEqual([0, 2])
    desk.cut(other, true)
    expect(desk.tally).toMatchObject({ lost: 2, lostThroughMoves: 2 })
  })

  test('that queue up through a move are put down to it until the queue is empty', () => {
    const desk = open(1)
    desk.trouble(1)
    pass(desk, 0, 1, 2)
    desk.trouble(-1)
    desk.open(new Seat())
    pass(desk, 1, 2 * SERVICE_SECONDS)
    expect(desk.tally).toMatchObject({ late: 1, lateThroughMoves: 1 })
    pass(desk, 21, 2 * SERVICE_SECONDS, 2)
    expect(desk.tally).toMatchObject({ late: 2, lateThroughMoves: 1 })
  })

  test('go to the replica with fewer in service, as far as two drawn at random tell', () => {
    const desk = open(100)
    const seats = Array.from({ length: 8 }, () => new Seat())
    for (const seat of seats) desk.open(seat)
    pass(desk, 0, 1, 400)
    const loads = seats.map(({ ongoing }) => ongoing)
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThan(10)
  })
})
