// The worker of the package, with solvers that print.
await import('../../../dist/src/workers/solver-worker.node.js')
// biome-ignore lint/suspicious/noConsole: whether this is heard is the question.
console.log('by the console')
process.stdout.write('directly\n')
