import type { NodeSelector } from '../../../models/contract/quantities.js'
import type { Study, StudyDeployment } from '../../../models/contract/study.js'
import { matchesCondition } from '../../../models/instance/selector.js'
import { GPU_MEMORY_LABEL } from '../labels.js'

/**
 * The labels that nodes of a deployment must have: its selector and, for `minGpuMemory`, every value of the label gpu-memory that
 * there is and that is large enough. Where none is, the list of values is empty and selects nothing.
 */
export function selectorOf(study: Study, { nodeSelector, minGpuMemory }: StudyDeployment): NodeSelector {
  if (minGpuMemory === undefined) return nodeSelector
  const asked = Object.hasOwn(nodeSelector, GPU_MEMORY_LABEL) ? nodeSelector[GPU_MEMORY_LABEL] : undefined
  const enough = gpuMemories(study).filter((value) => Number(value) >= minGpuMemory)
  return {
    ...nodeSelector,
    [GPU_MEMORY_LABEL]: enough.filter((value) => asked === undefined || matchesCondition(asked, value))
  }
}

/** Values of the label gpu-memory that there are. */
function gpuMemories({ nodes, nodeTypes, reservations }: Study): string[] {
  const values = new Set<string>()
  for (const { labels = {} } of [...nodes, ...nodeTypes, ...reservations]) {
    if (Object.hasOwn(labels, GPU_MEMORY_LABEL)) values.add(labels[GPU_MEMORY_LABEL] as string)
  }
  return [...values]
}
