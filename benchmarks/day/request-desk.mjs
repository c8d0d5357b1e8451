/** The requests of one deployment: a queue in front of its replicas, as a Serve handle keeps it, and what is in service on each of them. */
import { LONGEST_SERVICE } from './service-times.mjs'

/** @import { Random } from '../families/random.mjs' */

/** A request has waited too long for its replica when it waits for more than so many seconds; after so many it is dropped. */
export const LATE_SECONDS = 5
export const TIMEOUT_SECONDS = 60

/** One second more than any request takes. */
const RING = LONGEST_SERVICE + 1

/** A replica's place at the desk: requests in service, and how many of them end in which second. */
export class Seat {
  ongoing = 0
  /** Whether new requests come here. */
  isOpen = false
  ends = new Uint16Array(RING)
}

/**
 * What became of the requests. waits: by seconds in the queue, how many requests. Those through moves are counted among the others, too;
 * cutByMoves are lost through moves, as they were in service on a copy that was stopped.
 *
 * @typedef {{ requests: number, late: number, lost: number, lateThroughMoves: number, lostThroughMoves: number, cutByMoves: number, waits: Float64Array }} Tally
 */

/** @type {() => Tally} */
function openTally() {
  const waits = new Float64Array(TIMEOUT_SECONDS + 1)
  return { requests: 0, late: 0, lost: 0, lateThroughMoves: 0, lostThroughMoves: 0, cutByMoves: 0, waits }
}

/**
 * Second by second. Requests wait in order for the first replica with less than `maxOngoing` in service: of two at random, the one with
 * fewer (power of two choices), and where both are full, any other.
 */
export class RequestDesk {
  tally = openTally()
  queued = 0
  /** Requests that arrived in the same second, oldest first: when, how many are left, the number of the first. @type {{ since: number, count: number, number: number }[]} */
  #queue = []
  /** @type {Seat[]} */
  #open = []
  /** Open ones, and those that only end what they have. @type {Set<Seat>} */
  #seats = new Set()
  #troubles = 0
  #isTroubled = false
  #numbers = 0
  #maxOngoing
  #serviceTime
  #random

  /** @param {number} maxOngoing @param {(request: number) => number} serviceTime @param {Random} random */
  constructor(maxOngoing, serviceTime, random) {
    this.#maxOngoing = maxOngoing
    this.#serviceTime = serviceTime
    this.#random = random
  }

  /** In service and in the queue, without what only ends. */
  get ongoing() {
    let sum = this.queued
    for (const { ongoing } of this.#open) sum += ongoing
    return sum
  }

  /** New requests come to a replica from now on. @param {Seat} seat */
  open(seat) {
    if (seat.isOpen) return
    seat.isOpen = true
    this.#seats.add(seat)
    this.#open.push(seat)
  }

  /** What is in service there ends, and nothing new comes. @param {Seat} seat */
  close(seat) {
    if (!seat.isOpen) return
    seat.isOpen = false
    this.#open.splice(this.#open.indexOf(seat), 1)
  }

  /** A replica is gone, and with it what was in service there. @param {Seat} seat @param {boolean} isMove */
  cut(seat, isMove) {
    this.close(seat)
    this.#seats.delete(seat)
    this.tally.lost += seat.ongoing
    if (isMove) {
      this.tally.lostThroughMoves += seat.ongoing
      this.tally.cutByMoves += seat.ongoing
    }
    seat.ongoing = 0
  }

  /** A move keeps requests from being served, until it is taken back as often; and those that queue up meanwhile. @param {1 | -1} change */
  trouble(change) {
    this.#troubles += change
    this.#isTroubled ||= this.#troubles > 0
  }

  /** A second: what ends, what is dropped, what comes, what is served. @param {number} second @param {number} arrivals */
  tick(second, arrivals) {
    const { tally } = this
    const slot = second % RING
    for (const seat of this.#seats) {
      seat.ongoing -= seat.ends[slot] ?? 0
      seat.ends[slot] = 0
    }
    for (let first = this.#queue[0]; first !== undefined && second - first.since >= TIMEOUT_SECONDS; ) {
      tally.lost += first.count
      tally.waits[TIMEOUT_SECONDS] = (tally.waits[TIMEOUT_SECONDS] ?? 0) + first.count
      if (this.#isTroubled) tally.lostThroughMoves += first.count
      this.queued -= first.count
      this.#queue.shift()
      first = this.#queue[0]
    }
    tally.requests += arrivals
    if (arrivals > 0) this.#queue.push({ since: second, count: arrivals, number: this.#numbers })
    this.#numbers += arrivals
    this.queued += arrivals
    this.#serve(second)
    if (this.queued === 0 && this.#troubles === 0) this.#isTroubled = false
  }

  /** @param {number} second */
  #serve(second) {
    let room = 0
    for (const { ongoing } of this.#open) room += Math.max(0, this.#maxOngoing - ongoing)
    const { tally } = this
    for (let first = this.#queue[0]; first !== undefined && room > 0; first = this.#queue[0]) {
      const served = Math.min(room, first.count)
      const wait = second - first.since
      for (let number = first.number; number < first.number + served; number++) {
        const seat = this.#choose()
        seat.ongoing++
        const end = (second + this.#serviceTime(number)) % RING
        seat.ends[end] = (seat.ends[end] ?? 0) + 1
      }
      tally.waits[wait] = (tally.waits[wait] ?? 0) + served
      if (wait > LATE_SECONDS) {
        tally.late += served
        if (this.#isTroubled) tally.lateThroughMoves += served
      }
      room -= served
      this.queued -= served
      first.number += served
      first.count -= served
      if (first.count > 0) return
      this.#queue.shift()
    }
  }

  /** There is room somewhere. @returns {Seat} */
  #choose() {
    const seats = this.#open
    const draw = () => Math.floor(this.#random() * seats.length)
    const [one, other] = [seats[draw()], seats[draw()]]
    const better = (one?.ongoing ?? 0) <= (other?.ongoing ?? 0) ? one : other
    if (better !== undefined && better.ongoing < this.#maxOngoing) return better
    const start = draw()
    for (let step = 0; step < seats.length; step++) {
      const seat = seats[(start + step) % seats.length]
      if (seat !== undefined && seat.ongoing < this.#maxOngoing) return seat
    }
    throw new Error('every replica is full')
  }
}
