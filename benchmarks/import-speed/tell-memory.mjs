/** Loaded before a command (`--import`): writes the most memory that the process had, in bytes, when it ends. */
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  if (process.env.MEMORY_FILE !== undefined)
    writeFileSync(process.env.MEMORY_FILE, String(process.resourceUsage().maxRSS * 1024))
})
