import type { Endpoint } from 'comlink'

interface MessageEmitter {
  postMessage(message: unknown, transfer?: readonly never[]): void
  on(event: 'message', listener: (data: unknown) => void): unknown
  off(event: 'message', listener: (data: unknown) => void): unknown
}

/** Gives a Node worker, or its parent port, the event interface of the web that comlink speaks. */
export function nodeEndpoint(emitter: MessageEmitter): Endpoint {
  const listeners = new Map<EventListenerOrEventListenerObject, (data: unknown) => void>()
  return {
    postMessage: (message, transfer) => emitter.postMessage(message, transfer as readonly never[] | undefined),
    addEventListener: (_type, listener) => {
      const receive = (data: unknown) => {
        const event = { data } as MessageEvent
        if (typeof listener === 'function') listener(event)
        else listener.handleEvent(event)
      }
      listeners.set(listener, receive)
      emitter.on('message', receive)
    },
    removeEventListener: (_type, listener) => {
      const receive = listeners.get(listener)
      if (receive !== undefined) emitter.off('message', receive)
      listeners.delete(listener)
    }
  }
}
