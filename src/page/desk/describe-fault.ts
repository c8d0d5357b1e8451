import { InputError } from '../../../models/contract/parse.js'
import { UnsafeResultError } from '../../result/read-result.js'
import { RESTRICTED } from '../../review/refuse-restricted.js'
import { describeBug, type Fault, FaultError } from './fault.js'

/** What to say about any error; `file`: the name of what was read. */
export function describeFault(error: unknown, file?: string): Fault {
  if (error instanceof FaultError) return error.fault
  if (error instanceof InputError) return describeInput(error, file)
  return describeBug(error)
}

function describeInput(error: InputError, file: string | undefined): Fault {
  const { subject, issues } = error
  if (error instanceof UnsafeResultError) {
    return {
      title: 'The independent checker refuses this plan: it must not be carried out.',
      issues,
      advice: 'Plan again, or open a Result that is right.'
    }
  }
  const [count, is] = issues.length === 1 ? ['one place', 'is'] : [`${issues.length} places`, 'are']
  const wrong = `${count} ${is} not as expected.`
  if (subject === RESTRICTED) {
    return {
      title: 'That cannot be asked of a plan for Ray Serve.',
      issues,
      advice: 'The plan is as it was: change the Problem, and plan it again.'
    }
  }
  if (subject === 'decisions') {
    return { title: 'That cannot be decided.', issues, advice: 'The plan is as it was: decide otherwise.' }
  }
  const kind = subject === 'result' ? 'Result' : 'Problem'
  return file === undefined
    ? { title: `The ${kind} cannot be used: ${wrong}`, issues, advice: 'Mend what is listed and open it again.' }
    : { title: `${file} is no ${kind}: ${wrong}`, issues, advice: 'Mend what is listed and open the file again.' }
}
