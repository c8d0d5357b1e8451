/** What a script consists of. Texts without line breaks; `steps` is shell already. */
interface ScriptParts {
  readonly title: string
  /** How long the steps take one after another. */
  readonly duration: string
  readonly version: string
  /** The plan's name: letters, digits, `_` and `-`. */
  readonly plan: string
  readonly total: number
  readonly steps: string
}

/** The script around the steps. Plain POSIX: `sh` of any system runs it. */
export function scriptFrame({ title, duration, version, plan, total, steps }: ScriptParts): string {
  return `#!/bin/sh
# ${title}.
# Written by replica-compactor ${version}. Plan: ${plan}
#
#   sh THIS_FILE                        shows what would be done, and does nothing
#   sh THIS_FILE [-p FILE] DRIVER       does it
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
# MIGRATION_DEPLOYMENT, the deployment of the replica.
#
# What is done is kept in FILE, by default in MIGRATION_PROGRESS, else beside you as PLAN.progress.
# One step at a time takes ${duration}, longer than the schedule, where steps run beside each other.
#
# Status: 0 all is done. 1 a step failed. 2 wrong use, or the progress of another plan.
set -eu

plan=${plan}
total=${total}
progress=\${MIGRATION_PROGRESS:-}

fail() {
  status=$1
  shift
  printf '%s\\n' "$*" >&2
  exit "$status"
}

while getopts p:h option; do
  case $option in
    p) progress=$OPTARG ;;
    h) fail 0 "usage: sh $0 [-p FILE] [DRIVER]    the lines at the beginning of the script say more" ;;
    *) fail 2 "usage: sh $0 [-p FILE] [DRIVER]" ;;
  esac
done
shift $((OPTIND - 1))
[ $# -le 1 ] || fail 2 "found $# words, expected one: the command that carries out a step. Put its own options into a script."
driver=\${1:-}
if [ -n "$driver" ] && ! command -v -- "$driver" >/dev/null; then
  fail 2 "$driver: there is no such command; one in this folder begins with ./"
fi
# A name that begins with a dash is a file, not an option.
case $progress in
  '') progress=./$plan.progress ;;
  /*) ;;
  *) progress=./$progress ;;
esac

# How many steps are done: after the name of the plan, the file has a line for each.
finished=0
if [ -e "$progress" ]; then
  [ -f "$progress" ] && [ -r "$progress" ] || fail 2 "$progress: this is no file that can be read"
  {
    IFS= read -r line || line=
    [ "$line" = "progress of $plan" ] ||
      fail 2 "$progress: this is not the progress of this plan, $plan. Name another file with -p, or remove this one."
    while IFS= read -r line; do
      [ "$line" = "$((finished + 1))" ] || fail 2 "$progress: found \\"$line\\", expected $((finished + 1)): was it edited?"
      finished=$((finished + 1))
    done
  } <"$progress"
  [ "$finished" -le "$total" ] || fail 2 "$progress: more steps are done than there are"
fi

if [ -n "$driver" ]; then
  mkdir -- "$progress.lock" 2>/dev/null ||
    fail 2 "$progress.lock is there: the script is running already. Where it is not, rmdir that folder. (Or nothing can be written there.)"
  trap 'rmdir -- "$progress.lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  # Written anew, so that half a line from a crash does not stay.
  {
    printf 'progress of %s\\n' "$plan"
    number=0
    while [ "$number" -lt "$finished" ]; do
      number=$((number + 1))
      printf '%s\\n' "$number"
    done
  } >"$progress.new"
  mv -f -- "$progress.new" "$progress"
  [ "$finished" -eq 0 ] || printf '%s\\n' "$finished of $total steps are done already, by $progress" >&2
fi

# step NUMBER TIME WORDS DEPLOYMENT VERB NAMES…
step() {
  number=$1 time=$2 what=$3
  MIGRATION_DEPLOYMENT=$4
  shift 4
  [ "$number" -gt "$finished" ] || return 0
  if [ -z "$driver" ]; then
    printf '%6s  %8s  %s\\n' "$number" "$time" "$what"
    return 0
  fi
  printf '%s of %s  %s\\n' "$number" "$total" "$what" >&2
  MIGRATION_STEP=$number
  export MIGRATION_STEP MIGRATION_DEPLOYMENT
  status=0
  command -- "$driver" "$@" || status=$?
  [ "$status" -eq 0 ] ||
    fail 1 "step $number failed with status $status: $what. Nothing after it was begun. Run the script again to go on from it."
  printf '%s\\n' "$number" >>"$progress"
}

MIGRATION_PLAN=$plan
export MIGRATION_PLAN
[ -n "$driver" ] || printf '%6s  %8s  %s\\n' step begins 'what would be done'
${steps}

if [ -z "$driver" ]; then
  printf '%s\\n' "Nothing was done: name the command that carries out a step, sh $0 DRIVER" >&2
else
  printf '%s\\n' "done: $total of $total steps" >&2
fi
`
}
