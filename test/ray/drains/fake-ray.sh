#!/bin/sh
# A `ray` that knows nodes as files: NODES/HEX while a node is alive, NODES/HEX.busy while something runs there. A node that is being
# drained is idle after it was looked at twice. Every call is written down.
set -eu
printf '%s\n' "$*" >>"$NODES/calls"
reason=
id=
for word in "$@"; do
  case $word in
    DRAIN_NODE_REASON_*) reason=$word ;;
    node_id=*) id=${word#node_id=} ;;
    *) case ${before:-} in --node-id) id=$word ;; esac ;;
  esac
  before=$word
done
case $1 in
  list)
    if [ -e "$NODES/$id.draining" ]; then
      if [ -e "$NODES/$id.seen" ]; then rm -f "$NODES/$id.busy"; fi
      : >"$NODES/$id.seen"
    fi
    if [ -e "$NODES/$id" ]; then printf '[{"node_id": "%s", "state": "ALIVE"}]\n' "$id"; else printf '[]\n'; fi
    ;;
  drain-node)
    case $reason in
      DRAIN_NODE_REASON_PREEMPTION) : >"$NODES/$id.draining" ;;
      DRAIN_NODE_REASON_IDLE_TERMINATION)
        if [ -e "$NODES/$id.busy" ]; then
          echo 'rejected: the node is not idle' >&2
          exit 1
        fi
        rm -f "$NODES/$id"
        ;;
    esac
    ;;
esac
