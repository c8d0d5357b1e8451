import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { contentSecurityPolicy, headers, isolation } from './headers.js'

const page = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * What is not of the page itself is taken as it was built: once, with the workers that it starts, as every other user of the package
 * has it. Sources of the page import it by relative paths, as all sources do.
 */
function fromBuilt(): Plugin {
  const isInside = (folder: string, path: string) => !relative(folder, path).startsWith(`..${sep}`)
  return {
    name: 'from-built',
    enforce: 'pre',
    resolveId(source, importer) {
      if (importer === undefined || !source.startsWith('.') || !source.endsWith('.js')) return null
      const path = resolve(dirname(importer), source)
      const isSource = ['src', 'models'].some((folder) => isInside(join(root, folder), path))
      return isSource && !isInside(page, path) ? join(root, 'dist', relative(root, path)) : null
    }
  }
}

/** Writes the policy into the page, for servers that send none. While the page is developed, Vite does more than it allows. */
function withPolicy(): Plugin {
  const attrs = { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy }
  return {
    name: 'with-policy',
    apply: 'build',
    transformIndexHtml: () => [{ tag: 'meta', attrs, injectTo: 'head-prepend' }]
  }
}

export default defineConfig({
  root: page,
  // Any folder of any server will do.
  base: './',
  plugins: [fromBuilt(), withPolicy()],
  worker: { format: 'es', plugins: () => [fromBuilt()] },
  build: {
    outDir: join(root, 'dist-page'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    rolldownOptions: { checks: { bundlerTimings: false } }
  },
  server: { headers: isolation },
  preview: { headers }
})
