import { access, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { describeSystemError, UsageError } from './failure.js'

/** Throws UsageError when the answer and its page, or what else `option` asks for, would be the same file. */
export function checkTwoFiles(output: string | undefined, other: string | undefined, option = '--html'): void {
  if (output !== undefined && output === other)
    throw new UsageError(`-o and ${option} are both ${output}, expected two files`)
}

/** Throws UsageError when the file could not be written: better before a long search than after it. */
export async function checkWritable(path: string): Promise<void> {
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
