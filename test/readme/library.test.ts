import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codeBlocks, makeUserFolder, root } from './readme.js'

test('the programs of the README run and print what it says', () => {
  const [, printed] = codeBlocks('text')
  const folder = makeUserFolder({ 'plan.mjs': codeBlocks('js').join('\n') })
  const output = execFileSync(process.execPath, ['plan.mjs'], { cwd: folder, encoding: 'utf8', timeout: 50_000 })
  expect(output.slice(0, printed?.length)).toBe(printed)
  expect(output.slice(printed?.length)).toMatch(/3 replicas for 4 an hour/)
  expect(output).toMatch(/to keep embedder-1 where it runs costs 4 an hour\nwith embedder-1 where it is: 8 an hour\n/)
  expect(output).toMatch(/asked to start embedder-1 node-1\nasked to ready embedder-1 node-1\n/)
  expect(output).toMatch(/completed in \d+\.\d s; plan again: false\n/)
  expect(output).toMatch(/commit to 7: 11\.9 an hour, gap \d.*\n$/)
})

test.each(['simulate', 'why'])('%s prints what the README shows', (command) => {
  const [shown = ''] = codeBlocks('text').filter((block) => block.startsWith(`$ replica-compactor ${command}`))
  const [call = '', ...lines] = shown.split('\n')
  const folder = makeUserFolder({})
  const binary = join(folder, 'node_modules/.bin/replica-compactor')
  const run = (...args: string[]) => execFileSync(binary, args, { cwd: folder, encoding: 'utf8', timeout: 50_000 })
  run('plan', 'fixtures/quickstart.problem.yaml', '-o', 'result.json', '--quiet')
  expect(run(...call.split(' ').slice(2))).toBe(lines.join('\n'))
})

test('the controller of the README, and of its own page, does what it says', () => {
  const [program = ''] = codeBlocks('js controller')
  const printed = codeBlocks('text').find((block) => block.startsWith('00:00:00  waiting'))
  const page = readFileSync(join(root, 'docs/controller.md'), 'utf8')
  expect(page).toContain(`\`\`\`js\n${program}\`\`\`\n\n\`\`\`text\n${printed}\`\`\`\n`)
  expect(program.split('\n').length).toBeLessThan(60)
  const folder = makeUserFolder({ 'controller.mjs': program })
  expect(execFileSync(process.execPath, ['controller.mjs'], { cwd: folder, encoding: 'utf8', timeout: 50_000 })).toBe(
    printed
  )
})
