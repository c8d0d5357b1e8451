import { expect, test } from 'vitest'
import { createVitest } from 'vitest/node'
import { needTool } from '../../needed-tools.js'

// Without Chromium the projects are left out silently: what is skipped here says so.
needTool('chromium', 'without it all tests of workers in Chromium are left out, and not counted')

test('the worker tests run in Chromium, too, with and without isolation', async () => {
  const vitest = await createVitest('test', { watch: false, reporters: [] })
  try {
    expect(vitest.projects.map(({ name }) => name)).toEqual(['node', 'chromium', 'chromium-isolated'])
  } finally {
    await vitest.close()
  }
})
