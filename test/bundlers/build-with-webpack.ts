import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import webpack, { type Stats } from 'webpack'
import type { Output } from './output.js'

/** What webpack always says of a file beyond 244 KiB, and of a first chunk that is large: the binary alone is 3.4 MiB. */
const hintsOfSize = ['AssetsOverSizeLimitWarning', 'EntrypointsOverSizeLimitWarning', 'RuntimeInLargeChunkWarning']

/** Builds `main.js` of a folder with webpack for production, as it does without a config file. */
export async function buildWithWebpack(root: string): Promise<Output> {
  const folder = join(root, 'dist')
  const compiler = webpack({ mode: 'production', context: root, entry: './main.js', output: { path: folder } })
  if (compiler === null) throw new Error('webpack gave no compiler')
  const { compilation } = await new Promise<Stats>((resolve, reject) => {
    compiler.run((error, stats) => (stats === undefined ? reject(error) : resolve(stats)))
  })
  await new Promise<void>((resolve) => compiler.close(() => resolve()))
  copyFileSync(join(root, 'webpack.html'), join(folder, 'index.html'))
  const complaints = [...compilation.errors, ...compilation.warnings]
  return {
    folder,
    complaints: complaints
      .filter(({ name }) => !hintsOfSize.includes(name))
      .map(({ name, message }) => `${name}: ${message}`)
  }
}
