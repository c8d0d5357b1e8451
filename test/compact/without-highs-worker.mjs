// The worker of the package, where the binary of HiGHS is not found.
import { locateHighs } from '../../dist/src/workers/solver-worker.node.js'

locateHighs('no-such-highs.wasm')
