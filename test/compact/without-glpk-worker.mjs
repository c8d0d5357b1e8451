// The worker of the package, where glpk.js is not installed.
import './without-glpk.mjs'

await import('../../dist/src/workers/solver-worker.node.js')
