/** Who carries the steps of a script out. Texts are shell, or comments in it. */
export interface ScriptPerformer {
  /** The word that the script is called with to do it, as its usage has it: `DRIVER`. */
  readonly word: string
  /** What the word means and what a step asks for: lines of comment. */
  readonly guide: string
  /** Looks at the word that was given, in `$driver`, and at what it needs. */
  readonly check: string
  /** Does one step, whose words are `"$@"`. */
  readonly act: string
  /** What is said when nothing was done. */
  readonly hint: string
}

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
  readonly performer: ScriptPerformer
}

/** The script around the steps. Plain POSIX: `sh` of any system runs it. */
export function scriptFrame({ title, duration, version, plan, total, steps, performer }: ScriptParts): string {
  const { word, guide, check, act, hint } = performer
  return `#!/bin/sh
# ${title}.
# Written by replica-compactor ${version}. Plan: ${plan}
#
#   sh THIS_FILE                        shows what would be done, and does nothing
${guide}
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
    h) fail 0 "usage: sh $0 [-p FILE] [${word}]    the lines at the beginning of the script say more" ;;
    *) fail 2 "usage: sh $0 [-p FILE] [${word}]" ;;
  esac
done
shift $((OPTIND - 1))
${check}
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
  # A failure inside ends it, as it does outside.
  set +e
  (
    set -e
    ${act}
  )
  status=$?
  set -e
  [ "$status" -eq 0 ] ||
    fail 1 "step $number failed with status $status: $what. Nothing after it was begun. Run the script again to go on from it."
  printf '%s\\n' "$number" >>"$progress"
}

MIGRATION_PLAN=$plan
export MIGRATION_PLAN
[ -n "$driver" ] || printf '%6s  %8s  %s\\n' step begins 'what would be done'
${steps}

if [ -z "$driver" ]; then
  printf '%s\\n' "Nothing was done: ${hint}" >&2
else
  printf '%s\\n' "done: $total of $total steps" >&2
fi
`
}
