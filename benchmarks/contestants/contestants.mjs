/** Who competes. */
import { commands } from './commands.mjs'
import { engines } from './engine.mjs'
import { peers } from './policies.mjs'
import { programs } from './programs.mjs'

/** @import { Contestant } from './attempt.mjs' */

/** @type {readonly Contestant[]} */
export const contestants = [...engines, ...programs, ...commands, ...peers]

/** @type {(name: string) => Contestant} */
export function findContestant(name) {
  const found = contestants.find((contestant) => contestant.name === name)
  if (found === undefined)
    throw new Error(`nobody is named ${name}; there are: ${contestants.map(({ name }) => name).join(' · ')}`)
  return found
}
