/** What `npm run bench` keeps, and what its page is drawn from: benchmarks/results/bench.json. Files are read through these schemas. */
import * as z from 'zod'

const name = z.string().min(1)
const amount = z.number().min(-1e15).max(1e15)
const price = z.number().min(0).max(1e15)
const count = z.number().int().nonnegative()
const seconds = z.number().nonnegative().max(1e9)

/**
 * race: everybody on every instance for the same time. savings: what policies and the engine save on a production cluster, by load and budget.
 * sizes: how the time to a proven gap grows with the cluster.
 */
const experiment = z.enum(['race', 'savings', 'sizes'])

/** One contestant on one instance, once. Costs are per hour, counted again from a placement that was checked. */
export const run = z.strictObject({
  experiment,
  instance: name,
  /** Migrations at most, as a share of the replicas that run; null: as many as the Problem allows. */
  budgetShare: z.number().min(0).max(1).nullable(),
  contestant: name,
  seed: z.number().int(),
  limitSeconds: z.number().positive().max(1e9),
  /** Wall time; the conversion into the contestant's own form, and back, is outside the clock. */
  seconds,
  /** Of all threads, between the same moments; null where the system does not tell. */
  cpuSeconds: seconds.nullable(),
  /** The most resident memory that the process ever held. */
  peakMegabytes: amount.nullable(),
  /** null: no placement that holds. */
  cost: price.nullable(),
  /** Proven lower bound on the cost; null: none. */
  bound: amount.nullable(),
  /** Running replicas that are elsewhere in the end. */
  migrations: count.nullable(),
  /** Copies that a policy started on its way: at least `migrations`, more where it moved one twice. null: nobody tells. */
  starts: count.nullable(),
  /** Nodes that are active in the end. */
  activeNodes: count.nullable(),
  /** Why it stopped, in the contestant's own words; `infeasible`: it claims that there is no placement. */
  termination: z.string(),
  /** Why the answer does not count, in words; null: it holds. */
  wrong: z.string().nullable(),
  /** Why the contestant cannot take this instance, in words; null: it did. */
  refused: z.string().nullable(),
  /** Ever better placements that hold, by when they were found; the last one is `cost`. */
  incumbents: z.array(z.strictObject({ seconds, cost: price })),
  /** Ever better bounds, by when they were proven. */
  bounds: z.array(z.strictObject({ seconds, bound: amount })),
  /** Short hash, with `+` where files differed from it; null: outside of a checkout. */
  commit: z.string().nullable(),
  /** ISO 8601, the day. */
  date: z.string()
})

const instance = z.strictObject({
  name,
  /** Instances that are alike: openb, dense, synthetic, packing, generated, or the folder they were given in. */
  group: name,
  nodes: z.number().int().positive(),
  replicas: count,
  deployments: count,
  /** sha256: and the hash of the Problem's canonical JSON. */
  fingerprint: z.string(),
  /** Where it comes from, in words: the Problem's own `source`. */
  source: z.string().nullable(),
  /** Of the nodes that are active before. */
  initial: z.strictObject({ costPerHour: price, activeNodes: count }),
  /** The cheapest cost that is known beside these runs; null: none. */
  bestKnown: price.nullable(),
  /** Demand of whole devices and shares of them, over all GPUs there are; null: there are none. */
  gpuLoad: amount.nullable()
})

/** engine: this package. part: one of its searches alone. solver: a program solved by somebody else. policy: what peers do. */
const contestant = z.strictObject({
  name,
  kind: z.enum(['engine', 'part', 'solver', 'policy']),
  description: z.string(),
  /** false: it solves a relaxation, which proves bounds and places nothing. */
  places: z.boolean(),
  /** Versions of what it runs on, such as `highs 1.15.3`. */
  versions: z.array(z.string())
})

/** Mean share of all GPUs that one online policy has given out when as many were asked for as there are; from the data of FGD. */
export const allocation = z.strictObject({
  policy: name,
  /** Of what arrives by then, as a share of all GPUs. */
  arrived: amount,
  allocated: amount,
  runs: z.number().int()
})

export const report = z
  .strictObject({
    schemaVersion: z.literal(1),
    date: z.string(),
    commit: z.string().nullable(),
    machine: z.strictObject({ cpu: z.string(), cores: z.number().int(), memoryGiB: amount }),
    versions: z.record(z.string(), z.string()),
    /** Which of the suites ran: full, quick, or what the user chose. */
    suite: name,
    cores: z.number().int(),
    /** Where all may stop: (cost − bound) / cost. */
    gap: z.number().min(0).max(1),
    instances: z.array(instance),
    contestants: z.array(contestant),
    runs: z.array(run),
    /** What is missing, and why, in words. */
    absent: z.array(z.string()),
    context: z.strictObject({ allocations: z.array(allocation) })
  })
  .check(({ value, issues }) => {
    const blame = (/** @type {(string | number)[]} */ path, /** @type {string} */ message) =>
      issues.push({ code: 'custom', input: value, path, message })
    const known = {
      instance: namesOf('instances', value.instances),
      contestant: namesOf('contestants', value.contestants)
    }
    for (const [index, one] of value.runs.entries()) {
      for (const key of /** @type {const} */ (['instance', 'contestant'])) {
        if (!known[key].has(one[key])) blame(['runs', index, key], `${one[key]} is not listed`)
      }
    }

    /** @type {(key: string, items: readonly { name: string }[]) => Set<string>} */
    function namesOf(key, items) {
      const names = new Set()
      for (const [index, { name }] of items.entries()) {
        if (names.has(name)) blame([key, index, 'name'], `${name} is listed twice`)
        names.add(name)
      }
      return names
    }
  })

/** @typedef {z.infer<typeof experiment>} Experiment */
/** @typedef {z.infer<typeof run>} BenchRun */
/** @typedef {z.infer<typeof instance>} BenchInstance */
/** @typedef {z.infer<typeof contestant>} BenchContestant */
/** @typedef {z.infer<typeof allocation>} Allocation */
/** @typedef {z.infer<typeof report>} BenchReport */
