import { useEffect, useRef, useState } from 'preact/hooks'

/** Whether files are held over the page; those that are dropped anywhere on it are given to `open`. */
export function useDropping(open: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false)
  const latest = useRef(open)
  latest.current = open
  useEffect(() => {
    // Enter and leave come for every element on the way: what counts is how many are entered and not left.
    let depth = 0
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const follow = (change: number) => (event: DragEvent) => {
      if (!holdsFiles(event)) return
      depth = Math.max(0, depth + change)
      setOver(depth > 0)
    }
    const allow = (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      depth = 0
      setOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length > 0) latest.current(files)
    }
    const leave = new AbortController()
    const { signal } = leave
    addEventListener('dragenter', follow(1), { signal })
    addEventListener('dragleave', follow(-1), { signal })
    addEventListener('dragover', allow, { signal })
    addEventListener('drop', drop, { signal })
    return () => leave.abort()
  }, [])
  return isOver
}
