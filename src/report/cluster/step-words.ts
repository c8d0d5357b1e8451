import type { Step } from '../../../models/contract/plan.js'
import type { DeviceIndices } from '../../../models/contract/quantities.js'

/** What a step does, in words: `start chat-0 on node-2, gpu 0 and 1`. Names as they are. */
export function describeStep(step: Step): string {
  switch (step.action) {
    case 'cordon':
      return `cordon ${step.node}`
    case 'uncordon':
      return `open ${step.node} again`
    case 'provision':
      return step.type === undefined ? `get ${step.node}` : `get ${step.node}, a ${step.type}`
    case 'release':
      return `release ${step.node}`
    case 'start': {
      const devices = describeDevices(step.devices)
      return `start ${step.replica} on ${step.node}${devices === '' ? '' : `, ${devices}`}`
    }
    case 'shift':
      return `shift the requests of ${step.replica} from ${step.from} to ${step.to}`
    case 'drain':
      return `drain ${step.replica} on ${step.node}`
    case 'stop':
      return `stop ${step.replica} on ${step.node}`
  }
}

/** `gpu 0, 1 and 2`; several resources are separated by semicolons, none gives nothing. */
export function describeDevices(devices: DeviceIndices | undefined): string {
  return Object.entries(devices ?? {})
    .filter(([, indices]) => indices.length > 0)
    .map(([resource, indices]) => `${resource} ${joinWords(indices.map(String))}`)
    .join('; ')
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
