import { transferHandlers } from 'comlink'
import { InputError } from '../../../models/contract/parse.js'

/** An InputError on its way between two threads. */
interface Carried {
  readonly inputError: Pick<InputError, 'subject' | 'issues'>
}

/** Lets an InputError that one thread throws arrive in the other as one, with all its places: otherwise only its message does. To be called in both. */
export function carryInputErrors(): void {
  const plain = transferHandlers.get('throw')
  if (plain === undefined) throw new Error('comlink has no handler for what is thrown')
  transferHandlers.set('throw', {
    canHandle: plain.canHandle,
    serialize(thrown) {
      const { value } = thrown as { readonly value: unknown }
      if (!(value instanceof InputError)) return plain.serialize(thrown)
      const { subject, issues } = value
      return [{ inputError: { subject, issues } } satisfies Carried, []]
    },
    deserialize(received) {
      if (!isCarried(received)) return plain.deserialize(received)
      throw new InputError(received.inputError.subject, received.inputError.issues)
    }
  })
}

function isCarried(received: unknown): received is Carried {
  return typeof received === 'object' && received !== null && 'inputError' in received
}
