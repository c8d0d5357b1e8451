import { join } from 'node:path'
import { build, createLogger } from 'vite'
import { vi } from 'vitest'
import type { Output } from './output.js'

/** Builds a folder with Vite for production, as it does without a config file. */
export async function buildWithVite(root: string): Promise<Output> {
  const complaints: string[] = []
  const customLogger = createLogger('warn')
  customLogger.warn = (message) => complaints.push(message)
  customLogger.warnOnce = customLogger.warn
  customLogger.error = customLogger.warn
  vi.stubEnv('NODE_ENV', 'production')
  try {
    // It warns of slow builds, too, and machines are slow at times.
    const rolldownOptions = { checks: { bundlerTimings: false } }
    await build({ root, configFile: false, logLevel: 'warn', customLogger, build: { rolldownOptions } })
  } finally {
    vi.unstubAllEnvs()
  }
  return { folder: join(root, 'dist'), complaints }
}
