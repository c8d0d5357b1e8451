import { useMemo } from 'preact/hooks'
import { costChart, NO_FRONTIER } from '../../report/svg/cost-chart.js'
import type { ClusterView } from '../desk/views.js'
import { useWidth } from '../layout/use-width.js'

const HEIGHT = 150

/** What is paid once so many migrations are done: where the migration could be left, and for what. */
export function CostChart({ costs }: Pick<ClusterView, 'costs'>) {
  const [box, width] = useWidth()
  const drawn = useMemo(
    () => (width === 0 ? '' : costChart(costs, NO_FRONTIER, { width, height: HEIGHT, id: 'cost' }).text),
    [costs, width]
  )
  return <div ref={box} class="trail" dangerouslySetInnerHTML={{ __html: drawn }} />
}
