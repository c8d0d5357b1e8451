// The worker of the package, told where glpk.js is: in a browser's worker names of packages mean nothing.
import { provideGlpk } from '../../../dist/src/solvers/glpk/runtime.js'
import { serveJobs } from '../../../dist/src/workers/serve-jobs.js'
import { endpoint } from '../platform/endpoint.mjs'

provideGlpk(() => import('glpk.js/node'))
serveJobs(endpoint)
