/**
 * `npm start`: plans a real cluster with the built command; `npm start -- plan my.json` passes its arguments through.
 * The command runs in this very process, so that its exit code, its signals and its terminal are those of npm's child.
 */
import { fileURLToPath } from 'node:url'

const cluster = fileURLToPath(new URL('../fixtures/openb/openb-slice-120.problem.json', import.meta.url))
const command = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url))

const given = process.argv.slice(2)
process.argv = [process.argv[0], command, ...(given.length > 0 ? given : ['plan', cluster])]
await import(command)
