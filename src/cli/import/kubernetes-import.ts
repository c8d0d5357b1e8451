import type { Command } from 'commander'

export function addKubernetesImport(_parent: Command): void {}
