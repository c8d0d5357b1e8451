import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { UsageError } from '../../src/cli/failure.js'
import { checkWritable, writeWhole } from '../../src/cli/output.js'
import { freshPath } from './run-command.js'

test('a file is written in its place, and nothing is left beside it', async () => {
  const path = freshPath('result.json')
  await writeWhole(path, 'new')
  await writeWhole(path, 'newer')
  expect(readFileSync(path, 'utf8')).toBe('newer')
  expect(readdirSync(dirname(path))).toEqual(['result.json'])
})

test('the mode of a file and a link to it stay', async () => {
  const path = freshPath('result.json')
  const link = join(dirname(path), 'link.json')
  writeFileSync(path, 'old')
  chmodSync(path, 0o600)
  symlinkSync(path, link)
  await writeWhole(link, 'new')
  expect(lstatSync(link).isSymbolicLink()).toBe(true)
  expect(readFileSync(path, 'utf8')).toBe('new')
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a device is written to, not replaced', async () => {
  await writeWhole('/dev/null', 'new')
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
})

test('a folder and a path through a file are refused with the path', async () => {
  const path = freshPath('folder')
  mkdirSync(path)
  await expect(checkWritable(path)).rejects.toThrow(new UsageError(`${path}: this is a folder, not a file`))
  await expect(writeWhole(join(path, 'none', 'x.json'), '')).rejects.toThrow(UsageError)
  expect(readdirSync(path)).toEqual([])
})
