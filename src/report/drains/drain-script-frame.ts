/** What a script of drains consists of. Texts without line breaks; `steps` is shell already. */
interface DrainScriptParts {
  readonly title: string
  /** What of the plan is in it. */
  readonly remark: string
  readonly version: string
  readonly total: number
  readonly steps: string
}

/** The script around the drains. Plain POSIX: `sh` of any system runs it. */
export function drainScriptFrame({ title, remark, version, total, steps }: DrainScriptParts): string {
  return `#!/bin/sh
# ${title}.
# ${remark}
# Written by replica-compactor ${version}.
#
#   sh THIS_FILE                             shows what would be done, and does nothing
#   sh THIS_FILE run [-a ADDRESS] [-d URL]   does it: ADDRESS of the cluster for ray drain-node, URL of its dashboard for ray list nodes
#
# Each node is drained as a whole: Ray Serve starts a replacement for every replica there, on nodes that it chooses itself, and stops the
# old ones when the new ones run. The next node waits until this one is idle and gone. A DRAIN CANNOT BE TAKEN BACK: when a node
# takes longer than DRAIN_SECONDS, the script ends, and the node goes on draining. Run it again: nodes that are gone are passed over.
# Under each drain stands where Serve is predicted to start the replacements. Where it does otherwise, stop and plan again.
#
# Environment: DRAIN_SECONDS (1800) that a node may take, POLL_SECONDS (5) between looks at it.
# Status: 0 all is done. 1 a drain was refused, or took too long. 2 wrong use.
set -eu

total=${total}
address=\${RAY_ADDRESS:-auto}
dashboard=\${RAY_API_SERVER_ADDRESS:-}
patience=\${DRAIN_SECONDS:-1800}
pause=\${POLL_SECONDS:-5}
does=

fail() {
  status=$1
  shift
  printf '%s\\n' "$*" >&2
  exit "$status"
}

usage="usage: sh $0 [run] [-a ADDRESS] [-d URL]"
if [ "\${1:-}" = run ]; then
  does=yes
  shift
fi
while getopts a:d:h option; do
  case $option in
    a) address=$OPTARG ;;
    d) dashboard=$OPTARG ;;
    h) fail 0 "$usage    the lines at the beginning of the script say more" ;;
    *) fail 2 "$usage" ;;
  esac
done
shift $((OPTIND - 1))
if [ "\${1:-}" = run ]; then
  does=yes
  shift
fi
[ $# -eq 0 ] || fail 2 "$1: found another word, expected run or nothing. $usage"
case $patience$pause in *[!0-9]*) fail 2 "DRAIN_SECONDS and POLL_SECONDS: expected whole numbers of seconds" ;; esac
[ "$pause" -gt 0 ] || fail 2 "POLL_SECONDS: found $pause, expected at least 1"
[ -z "$does" ] || command -v ray >/dev/null || fail 2 "ray: there is no such command"

# Whether a node is there. That nothing could be asked is no answer.
is_alive() {
  if [ -n "$dashboard" ]; then
    listed=$(ray list nodes --address "$dashboard" --filter "node_id=$1" --filter state=ALIVE --format json) || fail 1 "ray list nodes failed"
  else
    listed=$(ray list nodes --filter "node_id=$1" --filter state=ALIVE --format json) || fail 1 "ray list nodes failed"
  fi
  case $listed in *"$1"*) return 0 ;; *) return 1 ;; esac
}

request() {
  ray drain-node --address "$address" --node-id "$1" --reason "DRAIN_NODE_REASON_$2" --reason-message 'compaction'
}

# Asks whether it is idle: then, and only then, this is accepted, and the node goes.
is_idle() {
  request "$1" IDLE_TERMINATION >/dev/null 2>&1
}

wait_until_gone() {
  waited=0
  while is_alive "$1"; do
    is_idle "$1" || :
    [ "$waited" -lt "$patience" ] || fail 1 "$2 is still there after $waited seconds. It goes on draining, which cannot be taken back."
    sleep "$pause"
    waited=$((waited + pause))
  done
}

# Number, id and name of the node, what is on it, and where each replica is predicted to go.
drain() {
  number=$1
  id=$2
  name=$3
  printf 'drain %s of %s: %s, %s\\n' "$number" "$total" "$name" "$4"
  shift 4
  for move in "$@"; do printf '  %s\\n' "$move"; done
  [ -n "$does" ] || return 0
  is_alive "$id" || { printf 'is gone already\\n'; return 0; }
  request "$id" PREEMPTION || fail 1 "$name: the drain was refused"
  wait_until_gone "$id" "$name"
}

give_back() {
  printf 'give back %s, which is idle\\n' "$2"
  [ -n "$does" ] || return 0
  is_alive "$1" || { printf 'is gone already\\n'; return 0; }
  is_idle "$1" || printf '%s is not idle any more: it is kept\\n' "$2" >&2
}
${steps}

[ -n "$does" ] || printf 'Nothing was done: sh %s run does it. A drain cannot be taken back.\\n' "$0"
`
}
