import { StepError } from '../../../execution/driver.js'

/** What `ray drain-node` is asked for. */
export interface DrainRequest {
  /** Hexadecimal. */
  readonly nodeId: string
  /** IDLE_TERMINATION is rejected unless the node is idle; PREEMPTION always is accepted. */
  readonly reason: 'IDLE_TERMINATION' | 'PREEMPTION'
  readonly message: string
  /** Seconds until the node may go, whatever runs there; left out: none. */
  readonly deadlineSeconds?: number
}

/** Whether a drain was accepted, and if not, why. */
export interface DrainAnswer {
  readonly isAccepted: boolean
  readonly message: string
}

/** Asks the cluster to drain a node; the same drain may be asked for again. Rejects where the cluster could not be asked. */
export type DrainNode = (request: DrainRequest, signal: AbortSignal) => Promise<DrainAnswer>

const MOST_OUTPUT = 4000

/** Drains by the command `ray drain-node`. Its arguments go past any shell. */
export function drainByCommand(command: string, address: string): DrainNode {
  return async ({ nodeId, reason, message, deadlineSeconds }, signal) => {
    const { spawn } = await import('node:child_process')
    const deadline = deadlineSeconds === undefined ? [] : ['--deadline-remaining-seconds', String(deadlineSeconds)]
    const child = spawn(
      command,
      [
        'drain-node',
        ...['--address', address],
        ...['--node-id', nodeId],
        ...['--reason', `DRAIN_NODE_REASON_${reason}`],
        ...['--reason-message', message],
        ...deadline
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], signal }
    )
    let output = ''
    const keep = (chunk: unknown) => {
      output = `${output}${String(chunk)}`.slice(-MOST_OUTPUT)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', (error: NodeJS.ErrnoException) => reject(describeSpawnFault(error, command)))
      child.on('close', resolve)
    })
    const said = output.trim()
    if (code === 0) return { isAccepted: true, message: said }
    if (/not accepted/i.test(said)) return { isAccepted: false, message: said }
    throw new StepError('failed', `${command} drain-node ended with ${code ?? 'a signal'}: ${said}`)
  }
}

function describeSpawnFault(error: NodeJS.ErrnoException, command: string): Error {
  if (error.code !== 'ENOENT' && error.code !== 'EACCES') return error
  const found = error.code === 'ENOENT' ? 'is not there' : 'may not be run'
  return new StepError('refused', `the command ${command} ${found}: give the path of Ray's command as "ray"`)
}
