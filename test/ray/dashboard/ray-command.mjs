#!/usr/bin/env node
// What `ray drain-node` does, on the double: arguments, words and exit codes are those of Ray's command.
import { parseArgs } from 'node:util'

const REASONS = ['DRAIN_NODE_REASON_IDLE_TERMINATION', 'DRAIN_NODE_REASON_PREEMPTION']

function fail(message, code = 1) {
  process.stderr.write(`Error: ${message}\n`)
  process.exit(code)
}

const [command, ...rest] = process.argv.slice(2)
if (command !== 'drain-node') fail(`No such command '${command}'.`, 2)

const text = { type: 'string' }
const options = {
  address: text,
  'node-id': text,
  reason: text,
  'reason-message': text,
  'deadline-remaining-seconds': text
}
let values
try {
  values = parseArgs({ args: rest, options }).values
} catch (error) {
  fail(error.message, 2)
}
for (const name of ['node-id', 'reason', 'reason-message']) {
  if (values[name] === undefined) fail(`Missing option '--${name}'.`, 2)
}
if (!REASONS.includes(values.reason)) fail(`Invalid value for '--reason': '${values.reason}'.`, 2)
if (!/^[0-9a-f]{56}$/.test(values['node-id'])) fail(`Invalid hex ID of a Ray node, got ${values['node-id']}`)
const deadline = values['deadline-remaining-seconds']
if (deadline !== undefined && !/^\d+$/.test(deadline)) fail(`Invalid value for '--deadline-remaining-seconds'.`, 2)

const answer = await fetch(`http://${values.address}/double/drain-node`, {
  method: 'POST',
  body: JSON.stringify({
    nodeId: values['node-id'],
    reason: values.reason,
    deadlineSeconds: deadline === undefined ? null : Number(deadline)
  })
}).catch(() => fail(`Failed to connect to ${values.address}`))
const { isAccepted, message } = await answer.json()
if (!isAccepted) fail(`The drain request is not accepted: ${message}`)
