/** Moves the focus among the buttons of a grid by an arrow, Home or End; false for other keys. */
export function moveFocus(grid: HTMLElement, key: string): boolean {
  const buttons = [...grid.querySelectorAll<HTMLButtonElement>('button.node')]
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  if (at < 0) return false
  const next = nextOf(buttons, at, key)
  if (next === undefined) return false
  buttons[at]?.setAttribute('tabindex', '-1')
  next.setAttribute('tabindex', '0')
  next.focus()
  return true
}

function nextOf(buttons: readonly HTMLButtonElement[], at: number, key: string): HTMLButtonElement | undefined {
  switch (key) {
    case 'ArrowRight':
      return buttons[at + 1] ?? buttons[at]
    case 'ArrowLeft':
      return buttons[at - 1] ?? buttons[at]
    case 'Home':
      return buttons[0]
    case 'End':
      return buttons.at(-1)
    case 'ArrowDown':
      return nextLine(buttons, at, 1)
    case 'ArrowUp':
      return nextLine(buttons, at, -1)
    default:
      return undefined
  }
}

/** The button of the next line that is nearest across. */
function nextLine(buttons: readonly HTMLButtonElement[], at: number, direction: 1 | -1): HTMLButtonElement | undefined {
  const here = buttons[at]?.getBoundingClientRect()
  if (here === undefined) return undefined
  let line: number | undefined
  let nearest = buttons[at]
  let distance = Number.POSITIVE_INFINITY
  for (let index = at + direction; buttons[index] !== undefined; index += direction) {
    const button = buttons[index] as HTMLButtonElement
    const { top, left } = button.getBoundingClientRect()
    if ((top - here.top) * direction < here.height / 2) continue
    line ??= top
    if (Math.abs(top - line) > here.height / 2) break
    if (Math.abs(left - here.left) >= distance) continue
    distance = Math.abs(left - here.left)
    nearest = button
  }
  return nearest
}
