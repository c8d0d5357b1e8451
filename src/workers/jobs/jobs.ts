import type { Job } from './job.js'

/** Every kind of job by name, imported when first asked for. A new kind is a file and a line here. */
export const jobs = {
  'bound-periods': async () => (await import('./periods.js')).boundJob,
  'fill-periods': async () => (await import('./periods.js')).fillJob,
  'order-periods': async () => (await import('./periods.js')).orderJob,
  'price-periods': async () => (await import('./periods.js')).priceJob,
  patterns: async () => (await import('./patterns.js')).patternJob,
  pricing: async () => (await import('./pricing.js')).pricingJob,
  solve: async () => (await import('./solve.js')).solveJob
} satisfies Record<string, () => Promise<Job<never, unknown, unknown>>>

type JobOf<Kind extends JobKind> = Awaited<ReturnType<(typeof jobs)[Kind]>>

export type JobKind = keyof typeof jobs
export type JobInput<Kind extends JobKind> = Parameters<JobOf<Kind>['run']>[0]
export type JobProgress<Kind extends JobKind> = Parameters<Parameters<JobOf<Kind>['run']>[1]['report']>[0]
export type JobOutput<Kind extends JobKind> = Awaited<ReturnType<JobOf<Kind>['run']>>
