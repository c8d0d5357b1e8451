import { locateHighs } from 'replica-compactor/solver-worker'

locateHighs(new URL('highs.wasm', import.meta.url))
