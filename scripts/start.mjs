/**
 * `npm start` plans a real cluster with the built command; `npm start -- plan my.json` passes its arguments through.
 * The command runs in this very process: its exit code, its signals and its terminal are its own.
 */
import { fileURLToPath } from 'node:url'

const command = new URL('../dist/src/cli/main.js', import.meta.url)
const cluster = new URL('../fixtures/openb/openb-slice-120.problem.json', import.meta.url)

const given = process.argv.slice(2)
const passed = given.length > 0 ? given : ['plan', fileURLToPath(cluster)]
process.argv = [process.execPath, fileURLToPath(command), ...passed]

// npm moves to the root of the package; paths are meant from where the user stands.
if (process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD)

await import(command.href)
