/** The words in which a queue lives: tasks that nobody took yet; tasks over by now; tasks of this round; rounds by now; whether to stop, or all is over; signs of life. */
const WORDS = { left: 0, over: 1, tasks: 2, round: 3, state: 4, life: 5 } as const
const STATES = { goOn: 0, stop: 1, end: 2 } as const
/** Milliseconds without a sign of life after which those who help are taken for dead. */
const PATIENCE_MS = 2_000
/** Milliseconds from one look to the next while waiting. */
const LOOK_MS = 50

/**
 * Tasks that several threads take in turn, over memory that may be shared. One thread asks, round by round, and works on them itself;
 * others may help. Whatever it wrote before a round is seen by whoever takes a task of it.
 */
export class TaskQueue {
  static readonly length = Object.keys(WORDS).length

  /** @param words All zero at first. */
  constructor(readonly words: Int32Array) {}

  /** Lets nobody take a task until the next round: what tasks read may be changed. */
  prepare(): void {
    Atomics.store(this.words, WORDS.left, 0)
  }

  /** Begins a round. */
  open(tasks: number): void {
    Atomics.store(this.words, WORDS.over, 0)
    Atomics.store(this.words, WORDS.tasks, tasks)
    Atomics.add(this.words, WORDS.round, 1)
    Atomics.store(this.words, WORDS.left, tasks)
    Atomics.notify(this.words, WORDS.round)
  }

  /** Tasks of this round. */
  get tasks(): number {
    return Atomics.load(this.words, WORDS.tasks)
  }

  get round(): number {
    return Atomics.load(this.words, WORDS.round)
  }

  /** The next task, the first one last; −1 when there is none left. One word decides, whatever the round is by then. */
  take(): number {
    for (;;) {
      const left = Atomics.load(this.words, WORDS.left)
      if (left <= 0) return -1
      if (Atomics.compareExchange(this.words, WORDS.left, left, left - 1) === left) return left - 1
    }
  }

  /** Says that a task that was taken is over. */
  finish(): void {
    Atomics.add(this.words, WORDS.over, 1)
    Atomics.notify(this.words, WORDS.over)
  }

  /** A sign of life, from within a task. */
  live(): void {
    Atomics.add(this.words, WORDS.life, 1)
  }

  /** Waits until all tasks of the round are over, or it is stopped. False when whoever has one shows no sign of life. */
  waitForOthers(stopped: () => boolean): boolean {
    let life = Atomics.load(this.words, WORDS.life)
    let seenAt = performance.now()
    for (;;) {
      const over = Atomics.load(this.words, WORDS.over)
      if (over >= this.tasks) return true
      if (stopped()) {
        this.stop()
        return true
      }
      Atomics.wait(this.words, WORDS.over, over, LOOK_MS)
      const lifeNow = Atomics.load(this.words, WORDS.life)
      if (lifeNow !== life) {
        life = lifeNow
        seenAt = performance.now()
      } else if (performance.now() - seenAt > PATIENCE_MS) return false
    }
  }

  /** For those who help: waits a moment for a round after one. */
  waitForRound(round: number): void {
    Atomics.wait(this.words, WORDS.round, round, LOOK_MS)
  }

  /** Asks whoever has a task to cut it short. */
  stop(): void {
    Atomics.compareExchange(this.words, WORDS.state, STATES.goOn, STATES.stop)
  }

  get isStopped(): boolean {
    return Atomics.load(this.words, WORDS.state) !== STATES.goOn
  }

  /** There will be no more rounds. */
  end(): void {
    Atomics.store(this.words, WORDS.state, STATES.end)
    Atomics.notify(this.words, WORDS.round)
  }

  get isEnded(): boolean {
    return Atomics.load(this.words, WORDS.state) === STATES.end
  }
}
