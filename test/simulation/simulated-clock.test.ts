import { expect, test } from 'vitest'
import { SimulatedClock } from '../../src/simulation/simulated-clock.js'

test('time passes only while everything waits, by time and then by the order of lying down', async () => {
  const clock = new SimulatedClock()
  const story: string[] = []
  const sleep = async (name: string, milliseconds: number) => {
    await clock.sleep(milliseconds)
    for (let turn = 0; turn < 50; turn++) await Promise.resolve()
    story.push(`${clock.now()} ${name}`)
  }
  const answer = await clock.run(async () => {
    await Promise.all([
      sleep('late', 86_400_000),
      sleep('first', 10),
      sleep('second', 10),
      sleep('soon', 0),
      sleep('third', 10)
    ])
    return 'over'
  })
  expect(answer).toBe('over')
  expect(story).toEqual(['0 soon', '10 first', '10 second', '10 third', '86400000 late'])
})

test('a sleeper whose signal is aborted wakes with its reason, and only then', async () => {
  const clock = new SimulatedClock()
  const stop = new AbortController()
  clock.after(5, () => stop.abort(new Error('enough')))
  const slept = clock.sleep(1000, stop.signal)
  await expect(clock.run(() => slept)).rejects.toThrow('enough')
  expect(clock.now()).toBe(5)
  await expect(clock.sleep(1, stop.signal)).rejects.toThrow('enough')
})

test('what is over does not wait for sleepers that are left', async () => {
  const clock = new SimulatedClock()
  clock.sleep(1000)
  await clock.run(() => clock.sleep(1))
  expect(clock.now()).toBe(1)
})

test('who waits for anything but time is told', async () => {
  const clock = new SimulatedClock()
  await expect(clock.run(() => new Promise(() => {}))).rejects.toThrow('time does not bring')
})

test('failures of the work are failures of the run', async () => {
  const clock = new SimulatedClock()
  await expect(clock.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
})

test('time stands still while something real is awaited, whatever sleeps meanwhile', async () => {
  const clock = new SimulatedClock()
  const real = () => new Promise((resolve) => setTimeout(resolve, 5, 'answer'))
  const story: string[] = []
  await clock.run(async () => {
    const nap = clock.sleep(1).then(() => story.push(`${clock.now()} nap`))
    story.push(`${clock.now()} ${await clock.outside(real())}`)
    await Promise.all([clock.outside(real()), clock.outside(real())])
    story.push(`${clock.now()} both`)
    await nap
  })
  expect(story).toEqual(['0 answer', '0 both', '1 nap'])
})

test('a failure outside is the failure of who awaits it, and ends the standstill', async () => {
  const clock = new SimulatedClock()
  const caught = clock.run(async () => {
    const message = await clock.outside(Promise.reject(new Error('no'))).catch((error: Error) => error.message)
    await clock.sleep(7)
    return message
  })
  expect(await caught).toBe('no')
  expect(clock.now()).toBe(7)
})
