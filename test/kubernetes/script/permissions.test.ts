import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { renderKubectlScript } from '../../../src/report/script/kubectl/render-kubectl-script.js'
import { needTool } from '../../needed-tools.js'
import { makeFolder } from '../../scratch-folder.js'
import { fastClock } from '../api-server/clock.js'
import { kubectls } from '../api-server/kubectl.js'
import { smallMove } from '../driver/small-move.js'

needTool('kubectl')

// kubectl sends no token without TLS, so that nothing can be refused here: it is looked at what is asked.
test('the script gets and updates scales, and patches nodes and pods only', async () => {
  const { world, problem, result } = await smallMove({ clock: fastClock(100) })
  onTestFinished(() => world.close())
  const folder = makeFolder()
  writeFileSync(join(folder, 'migrate.sh'), renderKubectlScript(problem, result))
  writeFileSync(join(folder, 'config'), world.kubeconfig())
  const [, kubectl] = kubectls()[0] as readonly [string, string]
  const env = { ...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder, KUBECTL: kubectl }
  const before = world.server.heard.length
  await promisify(execFile)('/bin/sh', ['migrate.sh', 'run'], { cwd: folder, env })
  const asked = world.server.heard.slice(before).flatMap(({ method, path }) => {
    const [, plural, sub = ''] = /\/(nodes|pods|deployments)\/[^/?]+(\/\w+)?/.exec(path) ?? []
    return plural === undefined || (method === 'GET' && sub === '') ? [] : [`${method} ${plural}${sub}`]
  })
  expect([...new Set(asked)].sort()).toEqual([
    'GET deployments/scale',
    'PATCH nodes',
    'PATCH pods',
    'POST pods/eviction',
    'PUT deployments/scale'
  ])
})
