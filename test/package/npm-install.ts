import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { arch, env, execPath, platform, version } from 'node:process'
import { afterAll } from 'vitest'
import { pack, root } from './packed.js'

export const NEEDS_REGISTRY = 'needs the npm registry (connect this machine to one, or fill the cache of npm)'
const UNREACHABLE = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ENOTCACHED)\b/

/** Installs packages into a folder as its user would; false when the registry cannot be reached. */
export function npmInstall(folder: string, ...packages: readonly string[]): boolean {
  // npm repeats every request in vain: without a network that takes minutes. So it does only where there is one.
  const canInstall = (retries: number) => {
    const quick = ['--prefer-offline', '--no-audit', '--no-fund', `--fetch-retries=${retries}`]
    const { status, stderr } = npm(folder, 'install', ...quick, ...packages)
    if (status !== 0 && !UNREACHABLE.test(stderr)) throw new Error(`npm install ${packages} failed:\n${stderr}`)
    return status === 0
  }
  return canInstall(0) || (npm(folder, 'ping', '--fetch-retries=0').status === 0 && canInstall(3))
}

function npm(folder: string, ...args: readonly string[]) {
  return spawnSync('npm', args, { cwd: folder, encoding: 'utf8', shell: platform === 'win32' })
}

/**
 * An empty folder of a user where the tarball has been installed, gone when the tests of this file have ended; null when the
 * registry cannot be reached.
 */
export function installPackage(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'replica-compactor-installed-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  return npmInstall(folder, pack().tarball) ? folder : null
}

/**
 * The program of a major version of Node: this very process's, or one from the npm registry, which is kept in node_modules/.cache;
 * null when the registry cannot be reached.
 */
export function findNode(major: number): string | null {
  if (version.startsWith(`v${major}.`)) return execPath
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`
  const cache = join(root, 'node_modules/.cache/replica-compactor')
  const folder = join(cache, `node-${major}`)
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true })
    const fresh = mkdtempSync(join(cache, 'node-new-'))
    writeFileSync(join(fresh, 'package.json'), '{ "private": true }')
    if (!npmInstall(fresh, `${name}@${major}`)) return null
    renameSync(fresh, folder)
  }
  return join(folder, 'node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node')
}

/** The surroundings of a user, without what npm and vitest have set. */
export const USER_ENVIRONMENT = Object.fromEntries(
  Object.entries(env).filter(([name]) => /^(PATH|HOME|TMPDIR|TEMP|SYSTEMROOT|LANG)$/i.test(name))
)
