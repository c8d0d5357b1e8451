import { setFlagsFromString } from 'node:v8'

// Whoever imports this kills threads under their work. Where the compiler works for such a thread in the background, Node may
// abort the whole process (see retirement.ts, which spares users that); here the compiler works in the thread itself.
setFlagsFromString('--no-concurrent-recompilation')
