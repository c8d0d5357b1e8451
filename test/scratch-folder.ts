import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** An empty folder, gone when the tests of the file that imports this have ended. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'replica-compactor-'))
  made.push(folder)
  return folder
}
