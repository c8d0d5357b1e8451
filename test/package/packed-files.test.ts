import { expect, test } from 'vitest'
import { pack } from './packed.js'

test('the package has these files and no others', async () => {
  const stems = new Map<string, string[]>()
  for (const { path } of pack().files) {
    const [, stem = path, kind = ''] = /^(dist\/.+?)(\.d\.ts|\.js)$/.exec(path) ?? []
    stems.set(stem, [...(stems.get(stem) ?? []), kind])
  }
  const lines = [...stems].map(([stem, kinds]) => (kinds.length === 1 ? stem + kinds[0] : `${stem}{${kinds.sort()}}`))
  await expect(`${lines.sort().join('\n')}\n`).toMatchFileSnapshot('packed-files.txt')
})
