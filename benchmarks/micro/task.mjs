/** What one task of the micro-benchmark is. */

/**
 * A task that is set up, so that it can be repeated.
 *
 * @template Input
 * @typedef {object} Exercise
 * @property {() => Input} begin What one repetition works on, and no other has touched. Outside of the clock.
 * @property {(input: Input) => number} run The work, and a number that says what came of it: always the same.
 */

/**
 * How a task is set up: outside of the clock, in a process of its own.
 *
 * @typedef {object} Task
 * @property {string} name
 * @property {'small' | 'large'} size Large ones are left out where it has to be quick.
 * @property {number} warmUpMs How long it is repeated before anything counts.
 * @property {() => Promise<Exercise<any>>} setUp
 */

/** @type {<Input>(name: string, size: Task['size'], warmUpMs: number, setUp: () => Exercise<Input> | Promise<Exercise<Input>>) => Task} */
export function task(name, size, warmUpMs, setUp) {
  return { name, size, warmUpMs, setUp: async () => setUp() }
}

/** For work that only reads what it is given. @type {<Input>(input: Input, run: (input: Input) => number) => Exercise<Input>} */
export function reading(input, run) {
  return { begin: () => input, run }
}
