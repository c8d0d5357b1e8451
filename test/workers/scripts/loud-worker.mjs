// The worker of the package, with solvers that print.
await import('../../../dist/src/workers/solver-worker.node.js')
console.log('by the console')
process.stdout.write('directly\n')
