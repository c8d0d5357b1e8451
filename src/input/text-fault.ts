import { describePosition } from './text-position.js'

/** A text that is not what it should be. The message names line and column, and shows the line. */
export class TextFault extends Error {
  override readonly name = 'TextFault'

  constructor(text: string, offset: number, fault: string) {
    super(describePosition(text, offset, fault))
  }
}
