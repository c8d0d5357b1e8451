import { SCALED_KINDS } from '../../../adapters/kubernetes/objects/movable-kinds.js'

/** Lines of a pod: name|node|deletion time|ready|claim|kind of the owner|its name|phase. */
const POD_LINE = [
  '{.metadata.name}',
  '{.spec.nodeName}',
  '{.metadata.deletionTimestamp}',
  '{.status.conditions[?(@.type=="Ready")].status}',
  `{.metadata.annotations['\\''replica-compactor/claim'\\'']}`,
  '{.metadata.ownerReferences[0].kind}',
  '{.metadata.ownerReferences[0].name}',
  '{.status.phase}'
].join('{"|"}')

/** Lines of what may stand between a custom controller and its pods: kind|name|kind of the owner|its name. */
const SET_LINE = [
  '{.kind}',
  '{.metadata.name}',
  '{.metadata.ownerReferences[0].kind}',
  '{.metadata.ownerReferences[0].name}'
].join('{"|"}')

/** Kinds that are scaled; pods of any other are found by who made them, and may keep their names. */
const SCALED = Object.keys(SCALED_KINDS)

/** What the steps of a script call, in POSIX shell: `$kubectl`, `$patience`, `$plan` and `fail` are there. */
export const KUBECTL_FUNCTIONS = `# again COMMAND…: until it succeeds, for as long as anything is waited for
again() {
  waited=0
  until "$@"; do
    [ "$waited" -lt "$patience" ] || fail 1 "waited for $patience s in vain: $*"
    sleep 1
    waited=$((waited + 1))
  done
}

# pods NAMESPACE KIND NAME: a line for each pod of a workload
pods() {
  all=$($kubectl -n "$1" get pods -o jsonpath='{range .items[*]}${POD_LINE}{"\\n"}{end}') || return 1
  sets=
  case $2 in
    ${SCALED.join(' | ')}) ;;
    *) sets=$($kubectl -n "$1" get replicasets,replicationcontrollers -o jsonpath='{range .items[*]}${SET_LINE}{"\\n"}{end}') || return 1 ;;
  esac
  printf '%s\\n' "$sets" ---- "$all" | awk -F '|' -v kind="$2" -v name="$3" '
    function is_set_of(set) {
      return substr(set, 1, length(name) + 1) == name "-" && substr(set, length(name) + 2) !~ /-/
    }
    $0 == "----" { isPod = 1; next }
    !isPod { if (tolower($3) == kind && $4 == name) between[$1 "|" $2] = 1; next }
    $8 == "Succeeded" || $8 == "Failed" { next }
    kind == "deployment" && $6 == "ReplicaSet" && is_set_of($7) { print }
    kind != "deployment" && (tolower($6) == kind && $7 == name || ($6 "|" $7) in between) { print }'
}

# pod_of NAMESPACE KIND NAME POD NODE: the pod that stands for one of the plan on a node
pod_of() {
  own=$(pods "$1" "$2" "$3") || return 1
  printf '%s\\n' "$own" | awk -F '|' -v plan="$plan:" -v pod="$4" -v node="$5" '
    $2 == node && ($5 == plan pod || (index($5, plan) != 1 && $1 == pod)) { print $1; exit }'
}

# rescale NAMESPACE KIND NAME FROM TO: nothing where that is done already
rescale() {
  found=$($kubectl -n "$1" get "$2/$3" -o 'jsonpath={.spec.replicas}')
  [ "$found" != "$5" ] || return 0
  [ "$found" = "$4" ] || fail 1 "$1/$2/$3 has $found replicas, expected $4: somebody else scales it"
  $kubectl -n "$1" scale "$2/$3" --current-replicas="$4" --replicas="$5"
}

# claim NAMESPACE POD REPLICA: a pod stands for one of the plan
claim() {
  $kubectl -n "$1" annotate --overwrite pod "$2" "replica-compactor/claim=$plan:$3"
}

# come NAMESPACE KIND NAME POD NODE [FROM TO]: a new pod on the node stands for one of the plan, and is ready
come() {
  pod=$(pod_of "$1" "$2" "$3" "$4" "$5")
  if [ -z "$pod" ]; then
    [ $# -eq 5 ] || rescale "$1" "$2" "$3" "$6" "$7"
    again placed "$@"
    pod=$(pod_of "$1" "$2" "$3" "$4" "$5")
    if [ -z "$pod" ]; then
      [ $# -eq 5 ] || go "$1" "$2" "$3" "$stray" "$7" "$6"
      fail 1 "the scheduler put the new pod for $4 on another node than $5"
    fi
  else
    # It has come by itself: unmarked, another step that waits for a pod would take it for its own.
    claim "$1" "$pod" "$4"
  fi
  ready "$1" "$pod"
}

# placed NAMESPACE KIND NAME POD NODE…: a new pod has a node; it is marked where that is the right one, else it is the stray
placed() {
  stray=
  own=$(pods "$1" "$2" "$3") || return 1
  fresh=$({
    known
    # What waited before there was one more is not the one more.
    [ $# -eq 5 ] || waiting
    printf '%s\\n' ---- "$own"
  } | awk -F '|' -v namespace="$1" -v kind="$2" -v pod="$4" -v plan="$plan:" '
    # A custom controller may give a new pod the name of the one that went.
    BEGIN { keeps = kind !~ /^(${SCALED.join('|')})$/ }
    $0 == "----" { isPod = 1; next }
    !isPod { known[$0] = 1; next }
    $1 == "" || $3 != "" || index($5, plan) == 1 { next }
    kind == "statefulset" ? $1 == pod : (keeps && $1 == pod) || !((namespace "/" $1) in known) { print $1 "|" $2 }')
  for line in $fresh; do
    if [ "\${line#*|}" = "$5" ]; then
      claim "$1" "\${line%%|*}" "$4"
      return
    fi
  done
  for line in $fresh; do
    [ -n "\${line#*|}" ] || return 1
    stray=\${line%%|*}
  done
  [ -n "$stray" ]
}

# ready NAMESPACE POD
ready() {
  $kubectl -n "$1" wait --for=condition=Ready "pod/$2" --timeout="\${patience}s"
}

# evict NAMESPACE POD [QUERY]
evict() {
  printf '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"%s","namespace":"%s"}}' "$2" "$1" |
    $kubectl create --raw "/api/v1/namespaces/$1/pods/$2/eviction\${3:-}" -f - >/dev/null
}

# others_ready NAMESPACE KIND NAME POD: a ReplicaSet takes pods first that are not ready, whatever they cost
others_ready() {
  own=$(pods "$1" "$2" "$3") || return 1
  printf '%s\\n' "$own" | awk -F '|' -v pod="$4" '
    $1 != "" && $1 != pod && $3 == "" && $4 != "True" { late = 1 } END { exit late }'
}

# go NAMESPACE KIND NAME POD FROM TO: one replica less, so that exactly this pod goes
go() {
  found=$($kubectl -n "$1" get "$2/$3" -o 'jsonpath={.spec.replicas}')
  if [ "$found" != "$6" ]; then
    again others_ready "$1" "$2" "$3" "$4"
    $kubectl -n "$1" annotate --overwrite pod "$4" controller.kubernetes.io/pod-deletion-cost=-2147483648 ||
      gone "$1" "$4"
    sleep 1
    rescale "$1" "$2" "$3" "$5" "$6"
  fi
  again gone "$1" "$4"
}

# gone NAMESPACE POD
gone() {
  left=$($kubectl -n "$1" get pod "$2" --ignore-not-found -o name) || return 1
  [ -z "$left" ]
}

# left NAMESPACE KIND NAME POD NODE: no pod stands for one of the plan on the node any more
left() {
  pod=$(pod_of "$1" "$2" "$3" "$4" "$5") || return 1
  [ -z "$pod" ]
}

# leave NAMESPACE KIND NAME POD NODE [FROM TO]: the pod goes when its budget allows it; without numbers it is evicted
leave() {
  pod=$(pod_of "$1" "$2" "$3" "$4" "$5")
  if [ $# -eq 7 ]; then
    if [ -z "$pod" ]; then rescale "$1" "$2" "$3" "$6" "$7"; else
      gone "$1" "$pod" || again evict "$1" "$pod" '?dryRun=All'
      go "$1" "$2" "$3" "$pod" "$6" "$7"
    fi
  elif [ -n "$pod" ]; then again evict "$1" "$pod"; fi
  again left "$1" "$2" "$3" "$4" "$5"
}

# serves NAMESPACE KIND NAME POD NODE: what stands for a pod of the plan on a node is ready
serves() {
  pod=$(pod_of "$1" "$2" "$3" "$4" "$5")
  [ -n "$pod" ] || fail 1 "there is no pod for $4 on $5"
  ready "$1" "$pod"
}

close() { $kubectl cordon "$1"; }
open() { $kubectl uncordon "$1"; }

# get_node NODE TYPE
get_node() {
  $kubectl get node "$1" >/dev/null || fail 1 "get a node of type $2, name it $1, and run the script again"
  $kubectl wait --for=condition=Ready "node/$1" --timeout="\${patience}s"
}

# give_back NODE
give_back() {
  here=$($kubectl get pods -A --field-selector "spec.nodeName=$1" -o jsonpath='{range .items[*]}{.metadata.namespace}/{.metadata.name}{"|"}{.status.phase}{"|"}{.metadata.ownerReferences[0].kind}{"|"}{.metadata.annotations['\\''kubernetes\\.io/config\\.mirror'\\'']}{"\\n"}{end}')
  keep=$(printf '%s\\n' "$here" | awk -F '|' '$1 != "" && $2 != "Succeeded" && $2 != "Failed" && $3 != "DaemonSet" && $4 == "" { print $1 }')
  [ -z "$keep" ] || fail 1 "$1 is not empty: $keep"
  if [ -n "\${MIGRATION_RELEASE:-}" ]; then command -- "$MIGRATION_RELEASE" "$1"
  else printf '%s\\n' "$1 is empty and closed, for an autoscaler to remove; kubectl uncordon $1 opens it again" >&2; fi
}`
