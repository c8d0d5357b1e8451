import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { env } from 'node:process'
import { beforeEach } from 'vitest'

/** Programs that some tests call and npm does not bring, and how to get each. */
const tools = {
  python3: 'Debian: apt-get install python3',
  chromium: 'Debian: apt-get install chromium; elsewhere name a Chromium or Chrome in CHROMIUM',
  glpsol: 'Debian: apt-get install glpk-utils',
  cbc: 'Debian: apt-get install coinor-cbc',
  'redis-server': 'Debian: apt-get install redis-server',
  kubectl: 'https://kubernetes.io/docs/tasks/tools'
}

export type Tool = keyof typeof tools

/** Where a tool is: what the variable of its name says (`CHROMIUM`), else what PATH finds; null when it is nowhere. */
export function findTool(tool: Tool): string | null {
  const named = env[tool.toUpperCase().replaceAll('-', '_')]
  const candidates = named ? [named] : (env.PATH ?? '').split(delimiter).map((folder) => join(folder, tool))
  return candidates.find(isExecutable) ?? null
}

/** Why a test does not run without a tool, and how to get it. */
function howToGet(tool: Tool): string {
  return `needs ${tool} (${tools[tool]})`
}

/**
 * Makes every test of this file, or of this `describe`, need a tool, and returns its path. Without the tool the tests are skipped and
 * say how to get it; they fail where REQUIRE_TOOLS is set. `consequence`: what else does not run then, and is not counted.
 */
export function needTool(tool: Tool, consequence?: string): string {
  const path = findTool(tool)
  needed([howToGet(tool), ...(consequence === undefined ? [] : [consequence])].join('; '), path !== null)
  return path ?? tool
}

/** The same for anything else that a test needs; `reason` says what and how to get it. */
export function needed(reason: string, isThere: boolean): void {
  beforeEach(({ skip }) => {
    if (isThere) return
    if (env.REQUIRE_TOOLS) throw new Error(`REQUIRE_TOOLS is set, but this test ${reason}`)
    skip(reason)
  })
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
