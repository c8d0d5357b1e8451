import type { Step } from '../../../../models/contract/plan.js'
import type { Problem } from '../../../../models/contract/problem.js'
import type { Result } from '../../../../models/contract/result.js'
import type { CourseMoment } from '../../cluster/course.js'
import { asRowStep, groupSteps } from '../../cluster/step-rows.js'
import { describeDevices } from '../../cluster/step-words.js'
import { type GanttRow, gantt } from '../../svg/gantt.js'
import { lineChart } from '../../svg/line-chart.js'
import { steppedArea } from '../../svg/stepped-area.js'
import { describeMigration } from '../../text/migration.js'
import { formatAmount, formatClock, formatCount } from '../../text/numbers.js'
import { plainStyle } from '../../text/style.js'
import { asSentence } from '../capacity/answer-page.js'
import { numbers, words } from '../capacity/columns.js'
import type { Block, Section } from '../section.js'

/** More rows than these nobody follows: then only how many do what. */
const MOST_ROWS = 40
/** A page stays light: of longer plans, the first steps. */
const MOST_STEPS = 8000

/** The migration over time: every replica and node, or how many are under way, and all steps in a table. */
export function migrationSection(problem: Problem | null, result: Result, course: readonly CourseMoment[]): Section {
  const { steps } = result.plan
  const said = problem === null ? describeAlone(result) : describeMigration(problem, result, plainStyle)
  return {
    heading: 'The migration',
    blocks: [
      ...said.map((text): Block => ({ kind: 'paragraph', text: `${asSentence(text)}.` })),
      ...(steps.length === 0 ? [] : [...ganttFigure(result), ...courseFigures(problem, course), stepTable(steps)])
    ]
  }
}

function describeAlone({ plan }: Result): string[] {
  if (plan.steps.length === 0) return ['nothing to do']
  return [`${formatClock(plan.makespanSeconds)} in ${formatCount(plan.steps.length, 'step')}`]
}

const PARTS = { start: 0, drain: 1, provision: 2 } as const

/** A row for each migration and for each node that is given back or got. */
function ganttFigure({ plan }: Result): Block[] {
  const groups = groupSteps(plan.steps.map(asRowStep))
  if (groups.length > MOST_ROWS) return []
  const rows = groups
    .map((row) => ({ row, begin: Math.min(...row.steps.map(({ startSeconds }) => startSeconds)) }))
    .sort((one, other) => Number(one.row.isNode) - Number(other.row.isNode) || one.begin - other.begin)
    .map(({ row: { subject, isNode, from, to, steps }, begin }): GanttRow => {
      const last = Math.max(...steps.map(({ endSeconds }) => endSeconds))
      const spans = steps.flatMap(({ action, startSeconds, endSeconds }) =>
        action === 'start' || action === 'drain' || action === 'provision'
          ? [{ first: startSeconds, last: endSeconds, part: PARTS[action] }]
          : []
      )
      const released = steps.filter(({ action }) => action === 'release').map(({ endSeconds }) => endSeconds)
      const way = [from, to].filter((node) => node !== undefined).join(' → ')
      return {
        label: subject,
        note: isNode ? describeNodeRow(steps) : from === undefined ? `→ ${way}` : to === undefined ? `${way} →` : way,
        spans: last > begin ? [{ first: begin, last, part: -1 }, ...spans] : spans,
        marks: released
      }
    })
  const has = (action: Step['action']) => plan.steps.some((step) => step.action === action)
  return [
    {
      kind: 'figure',
      draw: (frame) =>
        gantt(
          {
            title: 'Who moves when',
            parts: ['starting', 'draining', ...(has('provision') ? ['on its way'] : [])],
            ...(has('release') ? { mark: 'given back' } : {}),
            rows,
            end: plan.makespanSeconds
          },
          frame
        ),
      caption:
        'Replicas first, then nodes. A thin line: a replica whose old copy waits for its turn to drain, or a node that is closed and not yet given back.'
    }
  ]
}

const DONE: Partial<Record<Step['action'], string>> = { cordon: 'closed', uncordon: 'opened', provision: 'got' }

function describeNodeRow(steps: readonly { readonly action: Step['action'] }[]): string {
  return steps.map(({ action }) => DONE[action] ?? 'given back').join(', ')
}

/** How much is under way, and what has become of the nodes. */
function courseFigures(problem: Problem | null, course: readonly CourseMoment[]): Block[] {
  const last = course.at(-1)
  if (last === undefined || last.seconds === 0) return []
  const time = { label: 'time since the beginning', kind: 'time' } as const
  const limit = problem?.migration.limits.inFlight ?? null
  const valuesOf = (key: 'starting' | 'draining' | 'inFlight') => course.map((moment) => moment[key])
  const levels = (['released', 'cordoned', 'provisioned'] as const).filter((key) =>
    course.some((moment) => moment[key] > 0)
  )
  const names = { released: 'given back', cordoned: 'closed', provisioned: 'new' }
  return [
    {
      kind: 'figure',
      draw: (frame) =>
        steppedArea(
          {
            title: 'Copies under way',
            x: time,
            y: { label: 'copies', kind: 'whole' },
            starts: course.map(({ seconds }) => seconds),
            end: last.seconds,
            bands: [
              { name: 'starting', values: valuesOf('starting') },
              { name: 'draining', values: valuesOf('draining') }
            ],
            lines: [{ name: 'migrations in flight', values: valuesOf('inFlight') }]
          },
          frame
        ),
      caption: `A migration is in flight from the start of its new copy until its old one has stopped${limit === null ? '' : `: ${formatAmount(limit)} at a time at most`}.`
    },
    ...(levels.length === 0
      ? []
      : [
          {
            kind: 'figure',
            draw: (frame) =>
              lineChart(
                {
                  title: 'Nodes closed and given back',
                  x: time,
                  y: { label: 'nodes', kind: 'whole' },
                  series: levels.map((key) => ({
                    name: names[key],
                    shape: 'step',
                    points: course.map((moment) => ({ x: moment.seconds, y: moment[key] }))
                  }))
                },
                frame
              ),
            caption:
              'A closed node takes nothing new; once its last copy has stopped, it is given back and costs nothing.'
          } satisfies Block
        ])
  ]
}

function stepTable(steps: readonly Step[]): Block {
  const shown = steps.slice(0, MOST_STEPS)
  const rest = steps.length - shown.length
  return {
    kind: 'table',
    caption:
      rest > 0
        ? `The first ${formatAmount(shown.length)} of ${formatAmount(steps.length)} steps, in an order in which they may be done; the others are in the Result`
        : `All ${formatCount(steps.length, 'step')}, in an order in which they may be done`,
    closed: true,
    columns: [...words('Step'), ...numbers('Begins', 'Ends'), ...words('Action', 'Replica', 'Node', 'Devices')],
    rows: shown.map((step) => [
      step.id,
      formatClock(step.startSeconds),
      formatClock(step.endSeconds),
      step.action,
      'replica' in step ? step.replica : '',
      step.action === 'shift' ? `${step.from} → ${step.to}` : step.node,
      step.action === 'start' ? describeDevices(step.devices) : ''
    ])
  }
}
