import { expect, test } from 'vitest'
import { ask, questions } from './questions.js'

/** The answer without what the clock says; under a time limit that includes what is left of it. */
async function figuresOf(kind: string): Promise<unknown> {
  const answer = JSON.parse((await ask(kind, '--json', '--seed', '3')).stdout)
  return JSON.parse(
    JSON.stringify(answer, (key, value) => (key === 'seconds' || key === 'solve' || key === 'elapsedMs' ? null : value))
  )
}

test.each(Object.keys(questions).filter((kind) => kind !== 'sweep'))(
  'capacity %s says the same again for the same seed and work',
  async (kind) => {
    expect(await figuresOf(kind)).toEqual(await figuresOf(kind))
  }
)
