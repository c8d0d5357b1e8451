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
import { checkOutputs, writeWhole } from '../../src/cli/output.js'
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
  await expect(checkOutputs({ '-o': path })).rejects.toThrow(new UsageError(`${path}: this is a folder, not a file`))
  await expect(writeWhole(join(path, 'none', 'x.json'), '')).rejects.toThrow(UsageError)
  expect(readdirSync(path)).toEqual([])
})

test('two files that are one are refused, however they are spelled', async () => {
  const path = freshPath('answer.json')
  const folder = dirname(path)
  const link = join(folder, 'link.json')
  symlinkSync(path, link)
  const both = (other: string) => checkOutputs({ '-o': path, '--html': other })
  const refusal = (other: string) => new UsageError(`-o and --html are both ${other}, expected two files`)
  const around = `${folder}/./answer.json`
  await expect(both(around)).rejects.toThrow(refusal(around))
  writeFileSync(path, '')
  await expect(both(link)).rejects.toThrow(refusal(link))
  await both(join(folder, 'page.html'))
  await checkOutputs({ '-o': '/dev/null', '--html': '/dev/null' })
})

test('what a command reads is not overwritten by what it writes', async () => {
  const path = freshPath('cluster.yaml')
  const link = join(dirname(path), 'link.yaml')
  writeFileSync(path, '')
  symlinkSync(path, link)
  const refusal = new UsageError(`--html would overwrite ${link}, expected another file`)
  await expect(checkOutputs({ '--html': path }, [link])).rejects.toThrow(refusal)
  await checkOutputs({ '-o': path }, ['-', undefined, join(dirname(path), 'other.yaml')])
})
