/**
 * `node scripts/pack.mjs` makes the tarball that `npm publish` would send and says what is in it, as JSON. It is built in a copy of
 * the sources, so that nothing old in dist/ gets in and nobody who reads dist/ is disturbed. The same sources are packed once.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, platform } from 'node:process'
import { fileURLToPath } from 'node:url'

const HOUR = 3_600_000

const root = fileURLToPath(new URL('..', import.meta.url))
const kept = join(root, 'node_modules/.cache/replica-compactor/packed')

const { files: wanted } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const published = wanted.filter((/** @type {string} */ path) => !/^!|^dist$/.test(path))
/** What is built, what builds it, what npm adds, and what the manifest names. */
const parts = [
  'src',
  'models',
  'scripts/browser-glue.mjs',
  'tsconfig.base.json',
  'package.json',
  'README.md',
  'LICENSE',
  ...published
]

/**
 * @typedef {object} Packed
 * @property {string} tarball Path of the file.
 * @property {number} size Bytes of the tarball.
 * @property {number} unpackedSize Bytes of all files in it.
 * @property {{ path: string, size: number }[]} files
 */

/** @type {() => Packed} */
export function pack() {
  const folder = join(kept, hashOf(parts))
  if (!existsSync(folder)) packInto(folder)
  const { filename, size, unpackedSize, files } = JSON.parse(readFileSync(join(folder, 'packed.json'), 'utf8'))[0]
  return { tarball: join(folder, filename), size, unpackedSize, files }
}

/** @type {(folder: string) => void} */
function packInto(folder) {
  mkdirSync(kept, { recursive: true })
  // Others may be reading a younger one.
  const isOld = (/** @type {string} */ name) => Date.now() - statSync(join(kept, name)).mtimeMs > HOUR
  for (const name of readdirSync(kept).filter(isOld)) rmSync(join(kept, name), { recursive: true, force: true })

  const copy = mkdtempSync(join(tmpdir(), 'replica-compactor-pack-'))
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  const made = mkdtempSync(join(kept, 'new-'))
  // With its lifecycle scripts: what is packed is what publishing builds.
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--json', '--pack-destination', made], {
    cwd: copy,
    encoding: 'utf8',
    shell: platform === 'win32'
  })
  rmSync(copy, { recursive: true })
  if (status !== 0) throw new Error(`npm pack failed:\n${stdout}\n${stderr}`)
  writeFileSync(join(made, 'packed.json'), stdout)
  try {
    renameSync(made, folder)
  } catch (error) {
    // Where another process was faster, its tarball is the same.
    if (!existsSync(folder)) throw error
  }
}

/** Of the names and contents of files and folders. @type {(paths: string[]) => string} */
function hashOf(paths) {
  const hash = createHash('sha256')
  const read = (/** @type {string} */ path) => {
    const place = join(root, path)
    if (statSync(place).isDirectory()) {
      for (const name of readdirSync(place).sort()) read(join(path, name))
    } else {
      hash.update(JSON.stringify(path)).update(readFileSync(place)).update('\0')
    }
  }
  paths.forEach(read)
  return hash.digest('hex').slice(0, 16)
}

if (argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(pack()))
