# The placement problem of the contract, in GNU MathProg: a second statement of it, made to be held against the first.
#
# It says what models/formulations say, replica by replica and device by device, the way a reader would check an answer by
# hand. It is made for clarity: nothing is aggregated, nothing is tightened, fractions of devices are exact. Small problems only.
#
#   glpsol --model placement.mod --data quickstart.dat
#
# quickstart.dat is the data of fixtures/quickstart.problem.yaml; test/reference/gmpl-data.ts writes the data of any Problem.
#
# In: nodes, purchases, capacity, devices, selectors, cordons, mustEmpty, releasable, what a copy holds while it starts, pins,
# gangs, surplus, pending replicas, all rules, headroom, budgets, horizon, and starts that break limits and rules.
# Out: the way there. Order of steps, maxSurge, maxUnavailable, hops, limits of the migration and the gate need time, which this
# model has not; so does startupDemand, save that an empty node must have room for it, and that with any_order it counts. Copies that state no devices
# need an assignment beforehand: the contract assumes one. Draining copies are gone in the end; they count only where a
# rule is asked what the start breaks of it.
#
# One run minimises one objective. They stand in an order, and what the earlier ones reached is given in `reached`:
#   stage 0                 by how much limits and rules stay broken that the start breaks
#   stages 1 .. priorities  wanted replicas without a place, the highest priority first
#   stage priorities + 1    money: the one that is minimised unless the data say otherwise
#   stage priorities + 2    move cost
# Without `reached` nothing may stay broken and nobody without a place.

# ---------------------------------------------------------------------------------------------------------------------------
# The cluster

param nodes, integer, >= 0;
param resources, integer, >= 0;
param deployments, integer, >= 0;
param replicas, integer, >= 0;

set N := 1..nodes;          # nodes that there are, and those that may be bought
set K := 1..resources;
set D := 1..deployments;
set R := 1..replicas;       # running copies, copies still to come, and those that only hold room

param device{K}, binary, default 0;         # 1: counted in whole devices, a demand below 1 lives on one of them
set G := setof{k in K: device[k]} k;

param capacity{N,K}, >= 0, default 0;
param cost{N}, >= 0, default 0;             # per hour
param bought{N}, binary, default 0;
param releasable{N}, binary, default 1;
param accepts{N}, binary, default 1;
param must_empty{N}, binary, default 0;

param demand{D,K}, >= 0, default 0;
param startup{d in D, k in K}, >= 0, default demand[d,k];
param selected{D,N}, binary, default 1;     # the node has the labels that the deployment asks for
param desired{D}, integer, >= 0;
param rank{D}, integer, >= 1, default 1;    # of its priority, 1 the highest
param max_per_node{D}, integer, >= 0, default replicas;

param of{R}, in D;
param home{R}, in {0} union N, default 0;   # where a copy runs or starts now; 0: it is still to come
set HEADROOM, within R, default {};
set COPIES := setof{r in R: home[r] > 0} r;
set NEWCOMERS := R diff COPIES diff HEADROOM;

param move_cost{COPIES}, >= 0, default 1;
param pinned{COPIES}, binary, default 0;
param pinned_itself{COPIES}, binary, default 0;   # by its own word and not by its deployment's
param starting{COPIES}, binary, default 0;
param gang{COPIES}, integer, >= 0, default 0;     # 0: none
set holds{COPIES,G}, default {};                  # devices, counted from 0

param leaving{D,N}, integer, >= 0, default 0;     # draining copies

# A gang moves together or not at all. 0: not at all, which is what our search does; 1: what the contract allows.
param gangs_move, binary, default 0;

# Every order of the moves is safe: what comes to a node fits beside all that it holds now.
param any_order, binary, default 0;

param best_effort, binary, default 0;
param priorities, integer, >= 0, default 1;

param max_migrations, >= 0, default replicas;
param max_move_cost, >= 0, default sum{r in COPIES} move_cost[r];
param max_migrations_each, >= 0, default replicas;

param hours, >= 0, default 1;               # the horizon; 1 without one
param move_price, >= 0, default 0;          # money for one unit of move cost, with a horizon

# ---------------------------------------------------------------------------------------------------------------------------
# Rules, by number

set ANTI_AFFINITY, default {};
set CONFLICT, default {};
set AFFINITY, default {};
set SPREAD, default {};
set AT_LEAST, default {};
set RULES := ANTI_AFFINITY union CONFLICT union AFFINITY union SPREAD union AT_LEAST;

set members{RULES}, within D, default {};         # of a conflict: the left side
set opponents{CONFLICT}, within D;                # the right side
param domain{RULES,N}, integer, >= 0, default 0;  # 0: in none. at-least: 1 where the selector matches
param limit{ANTI_AFFINITY union AT_LEAST}, integer, >= 0;
param min_domains{SPREAD}, integer, >= 0, default 0;
param max_skew{SPREAD}, integer, >= 0, default replicas;

set DOMAINS{j in RULES} := setof{n in N: domain[j,n] > 0} domain[j,n];

# Domains that count for a spread even when they are empty: a node of the Problem there could host a member if it were empty.
set COUNTED{j in SPREAD} := setof{n in N, d in members[j]: domain[j,n] > 0 and not bought[n] and selected[d,n]
  and forall{k in K} (demand[d,k] <= capacity[n,k] + 1e-6)} domain[j,n];

# ---------------------------------------------------------------------------------------------------------------------------
# The start, and by how much it breaks each limit. Rules that count only in the end are asked with what is draining.

param copies{d in D} := card({r in COPIES: of[r] = d});
param newcomers{d in D} := card({r in NEWCOMERS: of[r] = d});
param surplus{d in D} := max(0, copies[d] - desired[d]);
check{d in D}: newcomers[d] = max(0, desired[d] - copies[d]);

param over_capacity{n in N, k in K} :=
  max(0, round(sum{r in COPIES: home[r] = n} demand[of[r],k] - capacity[n,k], 9));
param over_device{n in N, g in G, h in 0..capacity[n,g]-1} :=
  max(0, round(sum{r in COPIES: home[r] = n and h in holds[r,g]} min(1, demand[of[r],g]) - 1, 9));
param over_places{d in D, n in N} := max(0, card({r in COPIES: of[r] = d and home[r] = n}) - max_per_node[d]);
param over_anti_affinity{j in ANTI_AFFINITY, i in DOMAINS[j]} :=
  max(0, card({r in COPIES: of[r] in members[j] and domain[j,home[r]] = i}) - limit[j]);
param over_conflict{j in CONFLICT, i in DOMAINS[j]} := min(
  card({r in COPIES: of[r] in members[j] and domain[j,home[r]] = i}),
  card({r in COPIES: of[r] in opponents[j] and domain[j,home[r]] = i}));

set FINAL := AFFINITY union SPREAD union AT_LEAST;
param at_start{j in FINAL, i in DOMAINS[j] union {0}} :=
  sum{r in COPIES: of[r] in members[j] and domain[j,home[r]] = i} 1
  + sum{d in members[j], n in N: domain[j,n] = i} leaving[d,n];
param used_at_start{j in FINAL} := card({i in DOMAINS[j]: at_start[j,i] > 0});
set LEVELS{j in SPREAD} := COUNTED[j] union setof{i in DOMAINS[j]: at_start[j,i] > 0} i;
param over_affinity{j in AFFINITY} := at_start[j,0] + max(0, used_at_start[j] - 1);
param over_unlabelled{j in SPREAD} := at_start[j,0];
param over_domains{j in SPREAD} :=
  max(0, min(min_domains[j], sum{i in DOMAINS[j]} at_start[j,i]) - used_at_start[j]);
param over_skew{j in SPREAD} := if card(LEVELS[j]) = 0 then 0 else
  max(0, max{i in LEVELS[j]} at_start[j,i] - min{i in LEVELS[j]} at_start[j,i] - max_skew[j]);
param under_at_least{j in AT_LEAST} := max(0, limit[j] - (if card(DOMAINS[j]) > 0 then at_start[j,1]));

# ---------------------------------------------------------------------------------------------------------------------------
# Variables

var x{R,N}, binary;                               # the replica ends on the node
var y{N}, binary;                                 # the node is active
var z{r in R, n in N, g in G, h in 0..capacity[n,g]-1: demand[of[r],g] > 0}, binary;   # the replica is on device h of the node
var unplaced{d in D}, integer, >= 0, <= if best_effort then newcomers[d] else 0;
var together{1..max(0, max{r in COPIES} gang[r])}, binary;   # the gang moves

# By how much a limit stays broken: never more than it is now. The second variable of a pair says that it does at all.
var e_capacity{n in N, k in K}, >= 0, <= over_capacity[n,k];
var b_capacity{N,K}, binary;
var e_device{n in N, g in G, h in 0..capacity[n,g]-1}, >= 0, <= over_device[n,g,h];
var b_device{n in N, g in G, 0..capacity[n,g]-1}, binary;
var e_places{d in D, n in N}, >= 0, <= over_places[d,n];
var b_places{D,N}, binary;
var e_anti_affinity{j in ANTI_AFFINITY, i in DOMAINS[j]}, >= 0, <= over_anti_affinity[j,i];
var b_anti_affinity{j in ANTI_AFFINITY, DOMAINS[j]}, binary;
var e_conflict{j in CONFLICT, i in DOMAINS[j]}, >= 0, <= over_conflict[j,i];
var b_conflict{j in CONFLICT, DOMAINS[j]}, binary;
var e_affinity{j in AFFINITY}, >= 0, <= over_affinity[j];
var e_unlabelled{j in SPREAD}, >= 0, <= over_unlabelled[j];
var e_domains{j in SPREAD}, >= 0, <= over_domains[j];
var e_skew{j in SPREAD}, >= 0, <= over_skew[j];
var e_at_least{j in AT_LEAST}, >= 0, <= under_at_least[j];

# ---------------------------------------------------------------------------------------------------------------------------
# Who is where

s.t. once{r in R}: sum{n in N} x[r,n] <= 1;

# As many running copies are stopped as there are too many of them, and the others run on.
s.t. running{d in D}: sum{r in COPIES, n in N: of[r] = d} x[r,n] = copies[d] - surplus[d];

s.t. coming{d in D}: sum{r in NEWCOMERS, n in N: of[r] = d} x[r,n] + unplaced[d] = newcomers[d];

s.t. headroom{r in HEADROOM}: sum{n in N} x[r,n] = 1;

# Where a copy may start: it does wherever it does not run already.
s.t. selector{r in R, n in N: home[r] <> n and not selected[of[r],n]}: x[r,n] = 0;
s.t. cordon{r in R, n in N: home[r] <> n and not accepts[n]}: x[r,n] = 0;
s.t. startup_room{r in R, n in N, k in K: home[r] <> n and startup[of[r],k] > capacity[n,k] + 1e-6}: x[r,n] = 0;

s.t. empty{r in R, n in N: must_empty[n]}: x[r,n] = 0;

# Pinned copies stay, and so do those that are not ready yet.
s.t. pins{r in COPIES, n in N: home[r] <> n and pinned[r]}: x[r,n] = 0;
s.t. unready{r in COPIES, n in N: home[r] <> n and starting[r]}: x[r,n] = 0;

# The surplus one is never a pinned one, save where more are pinned with their deployment than are wanted.
s.t. pinned_stay{r in COPIES: pinned_itself[r]
  or pinned[r] and card({o in COPIES: of[o] = of[r] and pinned[o]}) <= desired[of[r]]}: x[r,home[r]] = 1;

s.t. gang_stays{r in COPIES, n in N: gang[r] > 0 and home[r] <> n}: x[r,n] <= gangs_move * together[gang[r]];
s.t. gang_moves{r in COPIES: gang[r] > 0}: x[r,home[r]] <= 1 - gangs_move * together[gang[r]];

# A node is active when it hosts a replica or headroom, or is not releasable.
s.t. active{r in R, n in N}: x[r,n] <= y[n];
s.t. kept{n in N: not releasable[n]}: y[n] = 1;

# ---------------------------------------------------------------------------------------------------------------------------
# Room. While a limit stays broken nobody joins who would count for it.

s.t. room{n in N, k in K}: sum{r in R} demand[of[r],k] * x[r,n] <= capacity[n,k] + e_capacity[n,k];
s.t. room_broken{n in N, k in K: over_capacity[n,k] > 0}: e_capacity[n,k] <= over_capacity[n,k] * b_capacity[n,k];
s.t. room_joined{n in N, k in K: over_capacity[n,k] > 0}:
  sum{r in R: home[r] <> n and demand[of[r],k] > 0} x[r,n] <= replicas * (1 - b_capacity[n,k]);

s.t. any_order_room{n in N, k in K: any_order}:
  sum{r in R: home[r] <> n} max(demand[of[r],k], startup[of[r],k]) * x[r,n]
  <= max(0, capacity[n,k] - sum{r in COPIES: home[r] = n} demand[of[r],k] - sum{d in D} demand[d,k] * leaving[d,n]);

# A copy that stays keeps its devices; one that comes takes free ones, a share takes one.
s.t. same_devices{r in COPIES, g in G, h in 0..capacity[home[r],g]-1: demand[of[r],g] > 0}:
  z[r,home[r],g,h] = if h in holds[r,g] then x[r,home[r]] else 0;
s.t. devices_of{r in R, n in N, g in G: home[r] <> n and demand[of[r],g] > 0}:
  sum{h in 0..capacity[n,g]-1} z[r,n,g,h] = ceil(demand[of[r],g]) * x[r,n];
s.t. device_room{n in N, g in G, h in 0..capacity[n,g]-1}:
  sum{r in R: demand[of[r],g] > 0} min(1, demand[of[r],g]) * z[r,n,g,h] <= 1 + e_device[n,g,h];
s.t. device_broken{n in N, g in G, h in 0..capacity[n,g]-1: over_device[n,g,h] > 0}:
  e_device[n,g,h] <= over_device[n,g,h] * b_device[n,g,h];
s.t. device_joined{n in N, g in G, h in 0..capacity[n,g]-1: over_device[n,g,h] > 0}:
  sum{r in R: home[r] <> n and demand[of[r],g] > 0} z[r,n,g,h] <= replicas * (1 - b_device[n,g,h]);

s.t. places{d in D, n in N}: sum{r in R: of[r] = d} x[r,n] <= max_per_node[d] + e_places[d,n];
s.t. places_broken{d in D, n in N: over_places[d,n] > 0}: e_places[d,n] <= over_places[d,n] * b_places[d,n];
s.t. places_joined{d in D, n in N: over_places[d,n] > 0}:
  sum{r in R: of[r] = d and home[r] <> n} x[r,n] <= replicas * (1 - b_places[d,n]);

# ---------------------------------------------------------------------------------------------------------------------------
# Rules that hold at every moment: headroom counts, for it is room for real copies.

s.t. anti_affinity{j in ANTI_AFFINITY, i in DOMAINS[j]}:
  sum{r in R, n in N: of[r] in members[j] and domain[j,n] = i} x[r,n] <= limit[j] + e_anti_affinity[j,i];
s.t. anti_affinity_broken{j in ANTI_AFFINITY, i in DOMAINS[j]: over_anti_affinity[j,i] > 0}:
  e_anti_affinity[j,i] <= over_anti_affinity[j,i] * b_anti_affinity[j,i];
s.t. anti_affinity_joined{j in ANTI_AFFINITY, i in DOMAINS[j]: over_anti_affinity[j,i] > 0}:
  sum{r in R, n in N: of[r] in members[j] and domain[j,n] = i and home[r] <> n} x[r,n]
  <= replicas * (1 - b_anti_affinity[j,i]);

# One of the two sides is empty, or the smaller one counts as broken.
var left_there{j in CONFLICT, DOMAINS[j]}, binary;
s.t. conflict_left{j in CONFLICT, i in DOMAINS[j]}:
  sum{r in R, n in N: of[r] in members[j] and domain[j,n] = i} x[r,n]
  <= replicas * left_there[j,i] + e_conflict[j,i];
s.t. conflict_right{j in CONFLICT, i in DOMAINS[j]}:
  sum{r in R, n in N: of[r] in opponents[j] and domain[j,n] = i} x[r,n]
  <= replicas * (1 - left_there[j,i]) + e_conflict[j,i];
s.t. conflict_broken{j in CONFLICT, i in DOMAINS[j]: over_conflict[j,i] > 0}:
  e_conflict[j,i] <= over_conflict[j,i] * b_conflict[j,i];
s.t. conflict_joined{j in CONFLICT, i in DOMAINS[j]: over_conflict[j,i] > 0}:
  sum{r in R, n in N: of[r] in (members[j] union opponents[j]) and domain[j,n] = i and home[r] <> n} x[r,n]
  <= replicas * (1 - b_conflict[j,i]);

# ---------------------------------------------------------------------------------------------------------------------------
# Rules that hold in the end: of replicas, headroom apart.

# used = 1 if and only if some member is in the domain.
var used{j in AFFINITY union SPREAD, DOMAINS[j]}, binary;
s.t. used_if{j in AFFINITY union SPREAD, r in R diff HEADROOM, n in N: of[r] in members[j] and domain[j,n] > 0}:
  x[r,n] <= used[j,domain[j,n]];
s.t. used_only_if{j in AFFINITY union SPREAD, i in DOMAINS[j]}:
  used[j,i] <= sum{r in R diff HEADROOM, n in N: of[r] in members[j] and domain[j,n] = i} x[r,n];

s.t. affinity{j in AFFINITY}:
  sum{i in DOMAINS[j]} used[j,i]
  + sum{r in R diff HEADROOM, n in N: of[r] in members[j] and domain[j,n] = 0} x[r,n] <= 1 + e_affinity[j];
s.t. affinity_unlabelled{j in AFFINITY}:
  sum{r in R diff HEADROOM, n in N: of[r] in members[j] and domain[j,n] = 0} x[r,n] <= e_affinity[j];

s.t. spread_unlabelled{j in SPREAD}:
  sum{r in R diff HEADROOM, n in N: of[r] in members[j] and domain[j,n] = 0} x[r,n] <= e_unlabelled[j];

# At least min_domains are used, or as many as there are members in any.
var few{SPREAD}, binary;
s.t. spread_domains{j in SPREAD}:
  sum{i in DOMAINS[j]} used[j,i] + e_domains[j] >= min_domains[j] * (1 - few[j]);
s.t. spread_few{j in SPREAD}:
  sum{i in DOMAINS[j]} used[j,i] + e_domains[j]
  >= sum{r in R diff HEADROOM, n in N: of[r] in members[j] and domain[j,n] > 0} x[r,n] - replicas * (1 - few[j]);

# Of any two domains that count, or are used, the fuller one has at most max_skew more.
s.t. spread_skew{j in SPREAD, i in DOMAINS[j], o in DOMAINS[j]: i <> o}:
  sum{r in R diff HEADROOM, n in N: of[r] in members[j] and domain[j,n] = i} x[r,n]
  - sum{r in R diff HEADROOM, n in N: of[r] in members[j] and domain[j,n] = o} x[r,n]
  <= max_skew[j] + e_skew[j] + if o in COUNTED[j] then 0 else replicas * (1 - used[j,o]);

s.t. at_least{j in AT_LEAST}:
  sum{r in R diff HEADROOM, n in N: of[r] in members[j] and domain[j,n] > 0} x[r,n] + e_at_least[j] >= limit[j];

# ---------------------------------------------------------------------------------------------------------------------------
# Migrations: running copies that end on another node than their own

s.t. migrations: sum{r in COPIES, n in N: n <> home[r]} x[r,n] <= max_migrations;
s.t. migrations_each{d in D}: sum{r in COPIES, n in N: of[r] = d and n <> home[r]} x[r,n] <= max_migrations_each;

var move_total, >= 0;
s.t. moves: move_total = sum{r in COPIES, n in N: n <> home[r]} move_cost[r] * x[r,n];
s.t. moves_paid: move_total <= max_move_cost;

# ---------------------------------------------------------------------------------------------------------------------------
# Objectives

var broken, >= 0;
s.t. all_broken: broken =
  sum{n in N, k in K} e_capacity[n,k]
  + sum{n in N, g in G, h in 0..capacity[n,g]-1} e_device[n,g,h]
  + sum{d in D, n in N} e_places[d,n]
  + sum{j in ANTI_AFFINITY, i in DOMAINS[j]} e_anti_affinity[j,i]
  + sum{j in CONFLICT, i in DOMAINS[j]} e_conflict[j,i]
  + sum{j in AFFINITY} e_affinity[j]
  + sum{j in SPREAD} (e_unlabelled[j] + e_domains[j] + e_skew[j])
  + sum{j in AT_LEAST} e_at_least[j];

var money, >= 0;
s.t. all_money: money = hours * sum{n in N} cost[n] * y[n] + move_price * move_total;

param stage, integer, in 0..priorities + 2, default priorities + 1;
param reached{0..stage-1}, >= 0, default 0;

s.t. reached_broken{s in 0..stage-1: s = 0}: broken <= reached[s];
s.t. reached_unplaced{s in 0..stage-1: 1 <= s and s <= priorities}: sum{d in D: rank[d] = s} unplaced[d] <= reached[s];
s.t. reached_money{s in 0..stage-1: s = priorities + 1}: money <= reached[s];

minimize objective:
  (if stage = 0 then broken)
  + sum{d in D: rank[d] = stage} unplaced[d]
  + (if stage = priorities + 1 then money)
  + (if stage = priorities + 2 then move_total);

solve;

printf{r in R, n in N: x[r,n] > 0.5}: "%s %d of deployment %d on node %d%s\n",
  if r in HEADROOM then "headroom" else "replica", r, of[r], n, if home[r] > 0 and home[r] <> n then ", moved" else "";
printf "money %.10g, move cost %.10g, broken %.10g, unplaced %d\n", money, move_total, broken, sum{d in D} unplaced[d];

end;
