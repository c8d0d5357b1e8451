import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A file of JSON lines to which entries are added, one after the other. */
export interface LineFile<Entry> {
  read(): Promise<Entry[]>
  /** Resolves when the entry is on the disk. */
  append(entry: Entry): Promise<void>
  /** Resolves when the file is closed; what is appended later fails. */
  close(): Promise<void>
}

/** How the lines of a file are to be read. */
export interface LineFormat<Entry> {
  /** What a line says; `place` names file and line. Throws what is to be said of a line that is no entry. */
  readonly readLine: (line: string, place: string) => Entry
  /** What is to be said of an append to a closed file. */
  readonly closed: () => Error
}

interface Waiting {
  readonly line: string
  readonly resolve: () => void
  readonly reject: (fault: unknown) => void
}

const NEWLINE = 10

/**
 * A file of JSON lines, on the disk (fsync) before an append resolves; what is appended meanwhile shares the next write. The
 * file is made with mode 0600 when there is none. A last line without its end, as a crash leaves it, counts as never written
 * and is cut off. One writer at a time.
 */
export function lineFile<Entry>(path: string, { readLine, closed }: LineFormat<Entry>): LineFile<Entry> {
  let opened: Promise<FileHandle> | undefined
  let waiting: Waiting[] = []
  let writing: Promise<void> | undefined
  let fault: unknown

  const ready = () => {
    opened ??= openFile(path, readLine)
    return opened
  }
  const write = async () => {
    for (let batch = waiting; batch.length > 0; batch = waiting) {
      waiting = []
      try {
        if (fault !== undefined) throw fault
        const file = await ready()
        await file.appendFile(batch.map(({ line }) => line).join(''))
        await file.sync()
        for (const { resolve } of batch) resolve()
      } catch (error) {
        // How much of it is in the file is unknown: nothing may follow.
        fault ??= error
        for (const { reject } of batch) reject(fault)
      }
    }
    writing = undefined
  }
  return {
    async read() {
      await writing
      if (fault !== undefined) throw fault
      return (await readEntries(await ready(), path, readLine)).entries
    },
    append(entry) {
      return new Promise((resolve, reject) => {
        waiting.push({ line: `${JSON.stringify(entry)}\n`, resolve, reject })
        writing ??= write()
      })
    },
    async close() {
      await writing
      fault ??= closed()
      if (opened === undefined) return
      // Where it could not be opened nothing is to be closed.
      await opened.then(
        (file) => file.close(),
        () => {}
      )
    }
  }
}

async function openFile(path: string, readLine: LineFormat<unknown>['readLine']): Promise<FileHandle> {
  const { O_RDWR, O_APPEND, O_CREAT } = constants
  const file = await open(path, O_RDWR | O_APPEND | O_CREAT, 0o600)
  try {
    const { wholeBytes, bytes } = await readEntries(file, path, readLine)
    if (wholeBytes < bytes) {
      await file.truncate(wholeBytes)
      await file.sync()
    }
    if (bytes === 0) await keepName(path)
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

/** A new file outlives a crash when its folder is written, too. Not every platform opens folders. */
async function keepName(path: string): Promise<void> {
  try {
    const folder = await open(dirname(path), constants.O_RDONLY)
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  } catch {}
}

async function readEntries<Entry>(file: FileHandle, path: string, readLine: LineFormat<Entry>['readLine']) {
  const { size } = await file.stat()
  const content = Buffer.alloc(size)
  let bytes = 0
  while (bytes < size) {
    const { bytesRead } = await file.read(content, bytes, size - bytes, bytes)
    if (bytesRead === 0) break
    bytes += bytesRead
  }
  const wholeBytes = content.subarray(0, bytes).lastIndexOf(NEWLINE) + 1
  const lines = content.toString('utf8', 0, wholeBytes).split('\n').slice(0, -1)
  const entries = lines.map((line, index) => readLine(line, `${path}, line ${index + 1}`))
  return { entries, wholeBytes, bytes }
}
