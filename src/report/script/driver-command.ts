import type { ScriptPerformer } from './script-frame.js'

/** A command of the user's, called once for each step. `total`: how many steps there are. */
export function driverCommand(total: number): ScriptPerformer {
  return {
    word: 'DRIVER',
    guide: `#   sh THIS_FILE [-p FILE] DRIVER       does it
#
# DRIVER is a command of yours. For each step it is called once, and the next step waits until it has ended:
#
#   DRIVER cordon NODE                  nothing new may start on the node
#   DRIVER uncordon NODE                the node takes newcomers again
#   DRIVER provision NODE TYPE          get a node of the type, and call it NODE
#   DRIVER start REPLICA NODE [RESOURCE=DEVICE,DEVICE…]…   start a copy there, on these devices, and wait until it is ready
#   DRIVER ready REPLICA NODE           wait until a copy that is starting already is ready
#   DRIVER shift REPLICA FROM TO        requests go to the copy on TO, and no longer to that on FROM
#   DRIVER drain REPLICA NODE           no more requests to this copy; wait until the last is answered
#   DRIVER stop REPLICA NODE            remove this copy, and wait until what it held is free
#   DRIVER release NODE                 give the empty node back
#
# Status 0 says that the step is done. Any other ends the script; nothing after that step is begun. Run it again: it goes on
# with the step that failed. A step that was interrupted is asked for again, so DRIVER must not do twice what is done already.
# Names may hold any character, also a dash at the beginning: they are always the words after the verb.
# DRIVER finds in its environment MIGRATION_PLAN, MIGRATION_STEP (1 to ${total}), both together name a step for ever, and
# MIGRATION_DEPLOYMENT, the deployment of the replica.`,
    check: `[ $# -le 1 ] || fail 2 "found $# words, expected one: the command that carries out a step. Put its own options into a script."
driver=\${1:-}
if [ -n "$driver" ] && ! command -v -- "$driver" >/dev/null; then
  fail 2 "$driver: there is no such command; one in this folder begins with ./"
fi`,
    act: 'command -- "$driver" "$@"',
    hint: 'name the command that carries out a step, sh $0 DRIVER'
  }
}
