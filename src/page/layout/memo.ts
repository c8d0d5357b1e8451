import { Component, type ComponentChild, type FunctionComponent, h } from 'preact'

/** A component that is drawn again only when one of its properties is another one. */
export function memo<Props extends object>(draw: FunctionComponent<Props>): FunctionComponent<Props> {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const keys = Object.keys(next) as (keyof Props)[]
      return keys.some((key) => next[key] !== this.props[key])
    }
    override render(): ComponentChild {
      return h(draw, this.props)
    }
  }
  return Memo as unknown as FunctionComponent<Props>
}
