import type { ScriptPerformer } from '../script-frame.js'
import { KUBECTL_FUNCTIONS } from './kubectl-functions.js'

/** The pods, as `namespace/name`, that were there when the plan was made: on nodes, and without one. */
export interface PodsBefore {
  readonly placed: readonly string[]
  readonly waiting: readonly string[]
}

/** kubectl carries the steps out. */
export function kubectlCommands({ placed, waiting }: PodsBefore): ScriptPerformer {
  return {
    word: 'run',
    guide: GUIDE,
    check: `${CHECK}\n\n${KUBECTL_FUNCTIONS}\n\n${podList('known', placed)}\n${podList('waiting', waiting)}`,
    act: '"$@"',
    hint: HINT
  }
}

const HINT = 'sh $0 run does it, on the cluster of the current context'

const GUIDE = `#   sh THIS_FILE [-p FILE] run          does it, with kubectl
#
# The cluster is that of kubectl's current context. KUBECTL names another kubectl, or one with options: KUBECTL='kubectl --context prod'.
#
# A pod is moved by scaling its workload up by one, and down by one when the new pod is ready and the disruption budget of the old one
# allows it; controller.kubernetes.io/pod-deletion-cost says that the old one is to go. A pod of a StatefulSet or of a custom
# controller, and any other that stops first, is evicted, and its controller makes another. Which pod stands for which of the plan is kept in the annotation
# replica-compactor/claim of the new one.
# Where the scheduler puts a new pod on another node than planned, it is taken back and the script ends: run it again, or plan again.
# Where the number of replicas is not what the script has left there, somebody else scales, and it ends.
# One who runs it needs get, list and patch on nodes, pods and workloads, of custom controllers list on replicasets and
# replicationcontrollers, get and update on deployments/scale and the like, and create on
# pods/eviction.
#
# MIGRATION_TIMEOUT   seconds that anything is waited for, 900 by default
# MIGRATION_RELEASE   a command that is called with the name of each empty node, to give it back; without it nodes stay closed and empty,
#                     for an autoscaler to remove
#
# Status other than 0 ends the script; nothing after that step is begun. Run it again: it goes on with the step that failed.`

const CHECK = `[ $# -le 1 ] || fail 2 "found $# words, expected none, or the word run"
driver=\${1:-}
[ -z "$driver" ] || [ "$driver" = run ] || fail 2 "found $driver, expected nothing, which shows what would be done, or the word run"
kubectl=\${KUBECTL:-kubectl}
patience=\${MIGRATION_TIMEOUT:-900}
case $patience in
  '' | *[!0-9]*) fail 2 "MIGRATION_TIMEOUT: found $patience, expected whole seconds" ;;
esac
if [ -n "$driver" ]; then
  context=$($kubectl config current-context) || fail 2 "$kubectl: there is no such command, or no cluster is chosen"
  printf '%s\\n' "cluster: $context" >&2
fi`

function podList(name: string, pods: readonly string[]): string {
  return `${name}() {\n  cat <<'PODS'\n${pods.join('\n')}\nPODS\n}`
}
