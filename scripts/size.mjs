/**
 * `npm run size` measures what users of the package download, install and send to browsers, prints it and keeps it in
 * benchmarks/results/size.json. benchmarks/size-limits.json says how large the package may become.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { platform, versions } from 'node:process'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, version as vite } from 'vite'
import { pack } from './pack.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const limits = JSON.parse(readFileSync(join(root, 'benchmarks/size-limits.json'), 'utf8'))

/** Paths of the files in a folder and all below it. @type {(folder: string) => string[]} */
const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : []
  })
/** @type {(bytes: number[]) => number} */
const sum = (bytes) => bytes.reduce((total, size) => total + size, 0)

const packed = pack()
const folder = mkdtempSync(join(tmpdir(), 'replica-compactor-size-'))

// A ten-line consumer, which brings a package.json and an index.html of its own.
cpSync(join(root, 'test/bundlers/consumer'), folder, { recursive: true })
execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', packed.tarball], {
  cwd: folder,
  stdio: 'pipe',
  shell: platform === 'win32'
})
const modules = join(folder, 'node_modules')
/** @type {(name: string) => string} */
const versionOf = (name) => JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version
const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'))
const dependencies = Object.keys(packages)
  .map((path) => path.replace(/^.*node_modules\//, ''))
  .filter((name) => name !== 'replica-compactor')
  .sort()
const installed = sum(filesIn(modules).map((path) => statSync(path).size))

await build({ root: folder, configFile: false, logLevel: 'silent' })
const built = filesIn(join(folder, 'dist'))
/** @type {(extension: string) => number} */
const compressed = (extension) =>
  sum(built.filter((path) => path.endsWith(extension)).map((path) => gzipSync(readFileSync(path)).length))

const record = {
  command: 'npm run size',
  versions: { package: versionOf('replica-compactor'), highs: versionOf('highs'), node: versions.node, vite },
  packedBytes: packed.size,
  unpackedBytes: packed.unpackedSize,
  installedBytes: installed,
  dependencies: Object.fromEntries(dependencies.map((name) => [name, versionOf(name)])),
  browserGzipBytes: { scripts: compressed('.js'), binary: compressed('.wasm') }
}
rmSync(folder, { recursive: true })
writeFileSync(join(root, 'benchmarks/results/size.json'), `${JSON.stringify(record, null, 2)}\n`)

/** @type {(bytes: number) => string} */
const kilobytes = (bytes) => `${Math.round(bytes / 1000).toLocaleString('en')} kB`
console.log(`tarball      ${kilobytes(record.packedBytes)}, at most ${kilobytes(limits.packedBytes)}
unpacked     ${kilobytes(record.unpackedBytes)}, at most ${kilobytes(limits.unpackedBytes)}
installed    ${kilobytes(record.installedBytes)} with ${dependencies.length} dependencies
in a browser ${kilobytes(record.browserGzipBytes.scripts)} of scripts and ${kilobytes(record.browserGzipBytes.binary)} of WebAssembly, compressed with gzip`)
