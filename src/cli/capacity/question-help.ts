/** What the help of each question says before its options and after them. */
export const MIX_HELP = {
  description: `Finds the cheapest nodes for one moment of STUDY: which types, how many of each, on demand or spot, within all quotas
and floors; and the placement and the safe migration that lead there from what runs now.`,
  examples: `
Examples:
  $ replica-compactor capacity mix study.yaml                       for the peak of its forecast
  $ replica-compactor capacity mix study.yaml --at 43200            twelve hours after the beginning
  $ replica-compactor capacity mix study.yaml --html mix.html -o mix.json

Exit code 3 when nothing on offer serves so many replicas, 5 when nothing was found in time.`
}

export const HORIZON_HELP = {
  description: `Plans a whole forecast: how many nodes to commit to, paid in every hour, and which to have by the hour, on demand or as
spot, in each period. Provisioning and migrations between periods are paid for. The bound holds for every such plan.`,
  examples: `
Example:
  $ replica-compactor capacity horizon study.yaml --html horizon.html

In STUDY, commitment says what committed nodes cost, availability.floor which share of each deployment must not be on
spot, quotas what may not be exceeded in any period. Exit code 3 when some period cannot be served at all.`
}

export const REACH_HELP = {
  description: `Tells how much growth the fleet takes, of each deployment alone and of all together: until a node more is needed than
after compaction, until nothing fits on the nodes there are, and until what may be bought ends. Each figure is the
largest growth with a placement, and the least that is proven impossible.`,
  examples: `
Examples:
  $ replica-compactor capacity reach cluster.yaml
  $ replica-compactor capacity reach cluster.yaml --deployment chat --time-limit 120`
}

export const SURVIVE_HELP = {
  description: `Tells what is left without a place when any one node, or zone, is lost, now and after the plan, and what it costs to
survive each of these losses.`,
  examples: `
Examples:
  $ replica-compactor capacity survive cluster.yaml
  $ replica-compactor capacity survive cluster.yaml --loss zone --recovery repack`
}

export const COMPACTION_HELP = {
  description: `Removes random nodes in random order until the work no longer fits, again and again, as Borg's cell compaction does
(Verma et al., 2015); the 90th percentile says how many nodes the work needs.`,
  examples: `
Example:
  $ replica-compactor capacity compaction cluster.yaml --trials 11 --seed 1`
}

export const CURVE_HELP = {
  description: `Draws cost against the number of migrations: what the first ones save, where it is hardly worth to go on (the knee),
and how long each plan takes to pay back.`,
  examples: `
Examples:
  $ replica-compactor capacity curve cluster.yaml --html curve.html
  $ replica-compactor capacity curve cluster.yaml --move-price 0.05 --limits 0,10,20,50,100`
}

export const HOLES_HELP = {
  description: `Counts how many more replicas of each deployment still fit beside what runs, when nothing moves: on the nodes as they
are, and after the plan.`,
  examples: `
Example:
  $ replica-compactor capacity holes cluster.yaml`
}
