/** Loaded before a command (`--import`): writes the processor time of the whole process, its threads included, when it ends. */
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  if (process.env.CPU_FILE !== undefined) writeFileSync(process.env.CPU_FILE, String((user + system) / 1e6))
})
