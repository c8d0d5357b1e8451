import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './packed.js'

/** Licences that ask for no more than to be named. */
const PERMISSIVE = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT', 'Unlicense']

interface LockedPackage {
  readonly version: string
  readonly license?: string
  readonly dev?: boolean
  readonly devOptional?: boolean
}

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
const locked = Object.entries<LockedPackage>(lock.packages).filter(([path]) => path !== '')
/** What is installed together with this package: optional peers are not. */
const installed = locked.filter(([, { dev, devOptional }]) => dev !== true && devOptional !== true)

test('everything that is installed with the package has a permissive licence', () => {
  const paths = installed.map(([path]) => path)
  const wanted = Object.keys(lock.packages[''].dependencies).map((name) => `node_modules/${name}`)
  expect(paths).toEqual(expect.arrayContaining(wanted))
  expect(installed.filter(([, { license = '' }]) => !PERMISSIVE.includes(license))).toEqual([])
})

test('the licence in the lock file is that of the package in node_modules', () => {
  for (const [path, { license }] of installed) {
    expect([path, JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')).license]).toEqual([path, license])
  }
})

test('glpk.js, under the GPL, is a choice of the user', () => {
  const { license } = lock.packages['node_modules/glpk.js']
  expect(PERMISSIVE).not.toContain(license)
  expect(installed.map(([path]) => path)).not.toContain('node_modules/glpk.js')
})
