import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { expect, test } from 'vitest'
import { needed } from '../needed-tools.js'
import { installPackage, NEEDS_REGISTRY, npmInstall, USER_ENVIRONMENT } from './npm-install.js'
import { root } from './packed.js'

const folder = installPackage() ?? ''
needed(NEEDS_REGISTRY, folder !== '')

/** The installed command on the quickstart, whose optimum greedy finds and does not prove. */
function planWithGlpk() {
  const command = join(folder, 'node_modules/replica-compactor/dist/src/cli/main.js')
  const problem = join(root, 'fixtures/quickstart.problem.yaml')
  return spawnSync(execPath, [command, 'plan', problem, '--solver', 'glpk', '--time-limit', '40', '--json'], {
    cwd: folder,
    env: USER_ENVIRONMENT,
    encoding: 'utf8',
    timeout: 50_000
  })
}

test('the package does not bring glpk.js, and says how to get it when it is asked for', () => {
  expect(existsSync(join(folder, 'node_modules/glpk.js'))).toBe(false)
  const { status, stdout, stderr } = planWithGlpk()
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch('npm install glpk.js')
})

test('the package finds glpk.js once its user has installed it', () => {
  expect(npmInstall(folder, 'glpk.js')).toBe(true)
  const { status, stdout } = planWithGlpk()
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ termination: 'optimal', solve: { solver: 'glpk' } })
})
