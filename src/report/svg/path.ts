/** What d3-shape draws lines and areas on. */
export interface Path {
  moveTo: (x: number, y: number) => void
  lineTo: (x: number, y: number) => void
  closePath: () => void
  toString: () => string
}

/** A path in tenths, each step relative to the one before and without what does not change: a third of what absolute ones take. */
export function makePath(): Path {
  let path = ''
  // In tenths, so that rounding does not add up.
  let [left, top] = [0, 0]
  const tenths = (value: number) => (Number.isFinite(value) ? Math.round(value * 10) : 0)
  const go = (x: number, y: number) => {
    ;[left, top] = [x, y]
  }
  return {
    moveTo: (x, y) => {
      go(tenths(x), tenths(y))
      path += `M${left / 10},${top / 10}`
    },
    lineTo: (x, y) => {
      const [across, down] = [tenths(x) - left, tenths(y) - top]
      if (across === 0 && down === 0) return
      path += down === 0 ? `h${across / 10}` : across === 0 ? `v${down / 10}` : `l${across / 10},${down / 10}`
      go(left + across, top + down)
    },
    closePath: () => {
      path += 'Z'
    },
    toString: () => path
  }
}
