import { type Command, InvalidArgumentError } from 'commander'
import { compaction, curve, holes, mix, planHorizon, reach, survive } from '../../capacity/index.js'
import type { Recovery } from '../../capacity/survive/survival-verdict.js'
import { renderCompactionPage } from '../../report/html/capacity/compaction.js'
import { renderCurvePage } from '../../report/html/capacity/curve.js'
import { renderHolesPage } from '../../report/html/capacity/holes.js'
import { renderHorizonPage } from '../../report/html/capacity/horizon.js'
import { renderMixPage } from '../../report/html/capacity/mix.js'
import { renderReachPage } from '../../report/html/capacity/reach.js'
import { renderSurvivePage } from '../../report/html/capacity/survive.js'
import { renderCompaction } from '../../report/text/capacity/compaction.js'
import { renderCurve } from '../../report/text/capacity/curve.js'
import { renderHoles } from '../../report/text/capacity/holes.js'
import { renderHorizon } from '../../report/text/capacity/horizon.js'
import { renderMix } from '../../report/text/capacity/mix.js'
import { renderReach } from '../../report/text/capacity/reach.js'
import { renderSurvive } from '../../report/text/capacity/survive.js'
import { addAnswerOptions, gapOption, timeLimitOption, workLimitOption } from '../command-options.js'
import { exitCodes, UsageError } from '../failure.js'
import { collect, numberIn } from '../option-values.js'
import { type AnswerOptions, type Asked, answerQuestion } from './answer.js'
import {
  COMPACTION_HELP,
  CURVE_HELP,
  HOLES_HELP,
  HORIZON_HELP,
  MIX_HELP,
  REACH_HELP,
  SURVIVE_HELP
} from './question-help.js'
import { addStudyInput } from './study-input.js'

/** Adds the questions to `capacity`. */
export function addQuestionCommands(capacity: Command): void {
  addQuestion(capacity, 'mix', MIX_HELP, {
    defaultSeconds: 30,
    ask: ({ study, moment }, _, common) => mix(study, { ...common, counts: moment.counts }),
    renderText: renderMix,
    renderPage: renderMixPage,
    exitCodeOf: ({ status }) => statusCodes[status]
  }).summary('the cheapest mix of node types for one moment, and the way there')

  addQuestion(
    capacity,
    'horizon',
    HORIZON_HELP,
    {
      defaultSeconds: 60,
      ask: ({ study, demand }, _, { workLimit: _work, ...common }) => {
        if (demand === null) throw new UsageError('the study has no forecast: name one in it, or with --forecast FILE')
        return planHorizon(study, demand, common)
      },
      renderText: renderHorizon,
      renderPage: renderHorizonPage,
      ofMoment: false,
      exitCodeOf: ({ status }) => statusCodes[status]
    },
    { hasWork: false }
  ).summary('what to commit to, and what to have by the hour, over a forecast')

  addQuestion<Parameters<typeof renderReach>[0], DeploymentOptions>(capacity, 'reach', REACH_HELP, {
    isOpen: true,
    defaultSeconds: 60,
    ask: ({ problem }, { deployment }, common) => reach(problem, { ...common, ...among(deployment) }),
    renderText: renderReach,
    renderPage: renderReachPage
  })
    .summary('how much growth fits, until the next node and until nothing fits')
    .option('--deployment <ID>', 'only this one alone; again for another (default: each of them)', collect)

  addQuestion<Parameters<typeof renderSurvive>[0], SurviveCommandOptions>(capacity, 'survive', SURVIVE_HELP, {
    isOpen: true,
    defaultSeconds: 60,
    ask: ({ problem }, { loss, recovery, price }, common) =>
      survive(problem, { ...common, recovery, price, ...(loss === undefined ? {} : { losses: loss }) }),
    renderText: renderSurvive,
    renderPage: renderSurvivePage
  })
    .summary('what survives the loss of any one node or zone, and what that costs')
    .option('--loss <WHAT>', 'node, or a label such as zone; again for another', collect)
    .option(
      '--recovery <HOW>',
      'none: only what was lost is started again; repack: others may move',
      readRecovery,
      'none'
    )
    .option('--no-price', 'do not ask what surviving costs')

  addQuestion<Parameters<typeof renderCompaction>[0], AnswerOptions & { readonly trials: number }>(
    capacity,
    'compaction',
    COMPACTION_HELP,
    {
      defaultSeconds: 60,
      ask: ({ problem }, { trials }, common) => compaction(problem, { ...common, trials }),
      renderText: renderCompaction,
      renderPage: renderCompactionPage
    }
  )
    .summary("how few nodes the work fits on, by Borg's measure")
    .option('--trials <N>', 'random orders that are tried', numberIn({ least: 1, most: 1000, whole: true }), 11)

  addQuestion<Parameters<typeof renderCurve>[0], CurveCommandOptions>(capacity, 'curve', CURVE_HELP, {
    defaultSeconds: 120,
    ask: ({ problem }, { movePrice, limits }, common) =>
      curve(problem, {
        ...common,
        ...(movePrice === undefined ? {} : { pricePerMigration: movePrice }),
        ...(limits === undefined ? {} : { limits })
      }),
    renderText: renderCurve,
    renderPage: renderCurvePage
  })
    .summary('cost against the number of migrations, its knee, and what pays')
    .option('--move-price <MONEY>', 'what one migration costs (default: as the study says)', numberIn({}))
    .option('--limits <LIST>', 'numbers of migrations to look at, such as 0,10,50', readCounts)

  addQuestion<Parameters<typeof renderHoles>[0], DeploymentOptions>(capacity, 'holes', HOLES_HELP, {
    defaultSeconds: 30,
    ask: ({ problem }, { deployment }, common) => holes(problem, { ...common, ...among(deployment) }),
    renderText: renderHoles,
    renderPage: renderHolesPage
  })
    .summary('how many more replicas fit, now and after the plan')
    .option('--deployment <ID>', 'only this one; again for another (default: each of them)', collect)
}

const statusCodes = {
  feasible: exitCodes.feasible,
  infeasible: exitCodes.infeasible,
  none: exitCodes.nothingFound
} as const

interface DeploymentOptions extends AnswerOptions {
  readonly deployment?: readonly string[]
}

interface SurviveCommandOptions extends AnswerOptions {
  readonly loss?: readonly string[]
  readonly recovery: Recovery
  readonly price: boolean
}

interface CurveCommandOptions extends AnswerOptions {
  readonly movePrice?: number
  readonly limits?: readonly number[]
}

function addQuestion<Answer, Options extends AnswerOptions = AnswerOptions>(
  capacity: Command,
  name: string,
  { description, examples }: { readonly description: string; readonly examples: string },
  asked: Asked<Answer, Options>,
  { hasWork = true } = {}
): Command {
  const command = addStudyInput(capacity.command(name), asked.ofMoment)
    .description(description.replaceAll('\n', ' '))
    .addOption(timeLimitOption(`wall time of the whole call (default: ${asked.defaultSeconds})`))
  if (hasWork) command.addOption(workLimitOption('answer'))
  command.addOption(gapOption('near enough, as a share of the cost'))
  return addAnswerOptions(command)
    .addHelpText('after', examples)
    .action((path: string, options: Options) => answerQuestion(path, options, asked))
}

function among(deployments: readonly string[] | undefined): { readonly deployments?: readonly string[] } {
  return deployments === undefined ? {} : { deployments }
}

function readRecovery(text: string): Recovery {
  if (text === 'none' || text === 'repack') return text
  throw new InvalidArgumentError('Expected none or repack.')
}

const readCount = numberIn({ whole: true, most: 1e9 })

function readCounts(text: string): number[] {
  return text.split(',').map((part) => readCount(part.trim()))
}
