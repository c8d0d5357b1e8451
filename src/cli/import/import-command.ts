import type { Command } from 'commander'
import { addKubernetesImport } from './kubernetes-import.js'
import { addRayImport } from './ray-import.js'

/** `import kubernetes|ray FILES…`: what a cluster prints of itself as a Problem. */
export function addImportCommand(program: Command): void {
  const command = program
    .command('import')
    .summary('a Problem from what Kubernetes or Ray Serve print')
    .description('Reads what a cluster prints of itself, and writes the Problem that plan takes.')
  addKubernetesImport(command)
  addRayImport(command)
}
