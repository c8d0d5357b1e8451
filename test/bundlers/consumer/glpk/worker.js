import { provideGlpk } from 'replica-compactor/solver-worker'

provideGlpk(() => import('glpk.js/node'))
