import { access, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { describeSystemError, UsageError } from './failure.js'

/**
 * Checks the files that a command is to write, by the options that name them: better before a long search than after it. Throws UsageError
 * where one could not be written, where two are the same, or where one is in `kept`: what the command reads and must not overwrite.
 */
export async function checkOutputs(
  outputs: Readonly<Record<string, string | undefined>>,
  kept: readonly (string | undefined)[] = []
): Promise<void> {
  const taken = new Map<string, string>()
  for (const [option, path] of Object.entries(outputs)) {
    if (path === undefined) continue
    await checkWritable(path)
    const file = await fileAt(path)
    if (file === null) continue
    const other = taken.get(file)
    if (other !== undefined) throw new UsageError(`${other} and ${option} are both ${path}, expected two files`)
    taken.set(file, option)
  }
  for (const path of kept) {
    const file = path === undefined ? null : await fileAt(path)
    const option = file === null ? undefined : taken.get(file)
    if (option !== undefined) throw new UsageError(`${option} would overwrite ${path}, expected another file`)
  }
}

/** Which file a path leads to, whether it is there yet or not; null for devices, pipes and `-`. */
async function fileAt(path: string): Promise<string | null> {
  const target = await followLinks(path)
  const existing = await stat(target).catch(() => undefined)
  if (path === '-' || existing?.isFile() === false) return null
  return existing === undefined ? join(await followLinks(dirname(target)), basename(target)) : target
}

/** Throws UsageError when the file could not be written. */
async function checkWritable(path: string): Promise<void> {
  const target = await followLinks(path)
  const existing = await stat(target).catch(() => undefined)
  if (existing?.isDirectory() === true) throw new UsageError(`${path}: this is a folder, not a file`)
  const written = existing === undefined || existing.isFile() ? dirname(target) : target
  await access(written, constants.W_OK).catch((error: unknown) => {
    throw new UsageError(`${path}: ${describeSystemError(error)}`)
  })
}

/** Writes the file as a whole or not at all: beside it first, then in its place. Throws UsageError with the path. */
export async function writeWhole(path: string, text: string): Promise<void> {
  try {
    const target = await followLinks(path)
    const existing = await stat(target).catch(() => undefined)
    // A device or a pipe is written to, never replaced.
    if (existing !== undefined && !existing.isFile()) return await writeFile(target, text)
    const beside = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
    try {
      await writeFile(beside, text, { flag: 'wx', ...(existing === undefined ? {} : { mode: existing.mode }) })
      await rename(beside, target)
    } catch (error) {
      await rm(beside, { force: true })
      throw error
    }
  } catch (error) {
    throw new UsageError(`${path}: ${describeSystemError(error)}`)
  }
}

async function followLinks(path: string): Promise<string> {
  return realpath(path).catch(() => path)
}
