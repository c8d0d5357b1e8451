import { useMemo } from 'preact/hooks'
import { type SearchPoint, searchChart } from '../../report/svg/search-chart.js'
import { useWidth } from '../layout/use-width.js'

const HEIGHT = 150

interface TrailProps {
  readonly trail: readonly SearchPoint[]
  /** How long the search goes on already, where it does. */
  readonly seconds?: number
}

/** Best cost and bound over time, as far as they are known. */
export function TrailChart({ trail, seconds = 0 }: TrailProps) {
  const [box, width] = useWidth()
  // Often enough to be seen moving, and no more.
  const until = Math.ceil(seconds * 2) / 2
  const drawn = useMemo(() => {
    if (width === 0) return ''
    const last = trail.at(-1)
    const course = last === undefined || last.seconds >= until ? trail : [...trail, { ...last, seconds: until }]
    return searchChart(course, { width, height: HEIGHT, id: 'trail' }).text
  }, [trail, until, width])
  // Pictures escape every text that they are given.
  return <div ref={box} class="trail" dangerouslySetInnerHTML={{ __html: drawn }} />
}
