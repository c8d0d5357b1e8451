import type { Plan, Step } from '../../models/contract/plan.js'

type Timing = Pick<Step, 'after' | 'startSeconds' | 'endSeconds'>

function timing(seconds: number, after: readonly string[]): Timing {
  return { after: [...after], startSeconds: 0, endSeconds: seconds }
}

/** The four steps of a migration: `start:a`, `shift:a`, `drain:a`, `stop:a`. */
export function move(replica: string, from: string, to: string, after: readonly string[] = []): Step[] {
  const id = (action: string) => `${action}:${replica}`
  return [
    {
      id: id('start'),
      action: 'start',
      replica,
      node: to,
      expects: { deployment: replica.charAt(0), host: from, room: { cpu: 1 } },
      ...timing(60, after)
    },
    { id: id('shift'), action: 'shift', replica, from, to, ...timing(0, [id('start')]) },
    { id: id('drain'), action: 'drain', replica, node: from, ...timing(30, [id('shift')]) },
    { id: id('stop'), action: 'stop', replica, node: from, ...timing(0, [id('drain')]) }
  ]
}

/** A new copy where there was none. */
export function newcomer(replica: string, node: string, after: readonly string[] = []): Step {
  const expects = { deployment: replica.charAt(0), host: null, room: { cpu: 1 } }
  return { id: `start:${replica}`, action: 'start', replica, node, expects, ...timing(60, after) }
}

export function onNode(
  action: 'cordon' | 'uncordon' | 'provision' | 'release',
  node: string,
  after: readonly string[] = []
): Step {
  return { id: `${action}:${node}`, action, node, ...timing(action === 'provision' ? 180 : 0, after) }
}

export function planFrom(...steps: readonly (Step | readonly Step[])[]): Plan {
  return { status: 'complete', id: 'plan-1', steps: steps.flat() as Step[], makespanSeconds: 0 }
}

/** Empties old by moving a, and then fills the room of a on new's neighbour: b waits for a to be gone. */
export function emptyOld(): Plan {
  return planFrom(
    onNode('cordon', 'old'),
    move('a', 'old', 'new', ['cordon:old']),
    onNode('release', 'old', ['cordon:old', 'stop:a'])
  )
}
