import type { Result } from '../../../models/contract/result.js'
import type { WhyAnswer } from '../../review/why/why.js'
import type { Section } from './section.js'
import { tellCluster } from './tell-cluster.js'
import { tellConflicts } from './tell-conflicts.js'
import { tellNode } from './tell-node.js'
import { tellReplica } from './tell-replica.js'

/** An answer of `why` in words, for whoever shows them. */
export function tellWhy(answer: WhyAnswer, result?: Result): Section[] {
  switch (answer.kind) {
    case 'why-node':
      return tellNode(answer)
    case 'why-replica':
      return tellReplica(answer)
    case 'why-cluster':
      return tellCluster(answer)
    default:
      return tellConflicts(answer, result)
  }
}
