/** A process of its own for each measurement: `node benchmarks/migration/one-size.mjs NODES SEED` prints the figures as JSON. */
import { makeTight } from '../families/tight.mjs'
import { measureMigration } from './measure-migration.mjs'

/** Nodes of a first migration that is not measured: it lets the engine compile. */
const WARM_UP = 200

const [nodes = 0, seed = 0] = process.argv.slice(2).map(Number)
const warmUp = makeTight(WARM_UP, seed)
measureMigration(warmUp.problem, warmUp.placement)
const { problem, placement, cycles, emptied } = makeTight(nodes, seed)
const figures = measureMigration(problem, placement)
console.log(JSON.stringify({ seed, onCycles: cycles.flat().length, emptied: emptied.length, ...figures }))
