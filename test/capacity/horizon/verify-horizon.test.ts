import { beforeAll, describe, expect, test } from 'vitest'
import type { HorizonAnswer } from '../../../src/capacity/horizon/horizon-answer.js'
import { planHorizon } from '../../../src/capacity/horizon/plan-horizon.js'
import { verifyHorizon } from '../../../src/capacity/horizon/verify/verify-horizon.js'
import { parseStudy } from '../../../src/capacity/study/parse-study.js'
import { wideDemand, wideInput, wideStudy } from './wide-study.js'

type Writable<Value> = Value extends object ? { -readonly [Key in keyof Value]: Writable<Value[Key]> } : Value
type Tampering = (answer: Writable<HorizonAnswer>) => void

let answer: HorizonAnswer

beforeAll(async () => {
  answer = await planHorizon(wideStudy, wideDemand, { threads: 1 })
})

const tamperings: Record<string, Tampering> = {
  'a node less': ({ periods }) => {
    const found = periods[3]?.nodes.find(([, count]) => count > 1) as Writable<[number, number]>
    found[1]--
  },
  'a kind of contents left out': ({ periods }) => void periods[2]?.nodes.pop(),
  'a part of a node': ({ periods }) => {
    ;(periods[0]?.nodes[0] as Writable<[number, number]>)[1] += 0.5
  },
  'contents that nobody knows': ({ periods }) => void periods[0]?.nodes.push([999, 1]),
  'a replica more on a node': ({ contents }) => {
    const hosting = contents.find(({ replicas }) => (replicas.chat ?? 0) > 0) as Writable<
      HorizonAnswer['contents'][number]
    >
    hosting.replicas = { ...hosting.replicas, chat: 17 }
  },
  'more than may share a node': ({ contents }) => {
    const hosting = contents.find(({ replicas }) => (replicas.embed ?? 0) > 0) as Writable<
      HorizonAnswer['contents'][number]
    >
    hosting.replicas = { embed: 4 }
  },
  'room for headroom that is not there': ({ contents }) => {
    for (const hosting of contents) hosting.headroom = {}
  },
  'headroom that does not fit': ({ contents }) => {
    for (const hosting of contents) hosting.headroom = { embed: 9 }
  },
  'a type that is not on offer': ({ contents }) => {
    ;(contents[0] as Writable<HorizonAnswer['contents'][number]>).type = 'xl'
  },
  'a node that there is not': ({ base }) => {
    for (const entry of base) if (entry.node !== undefined) entry.node = 'ghost'
  },
  'all on spot': ({ contents }) => {
    for (const hosting of contents) {
      if (hosting.type !== 'l' || hosting.ofBase) continue
      hosting.type = 'l:spot'
      hosting.market = 'spot'
    }
    for (const hosting of contents) if (hosting.market !== 'spot') hosting.replicas = {}
  },
  'more of the base than is paid for': ({ base }) => {
    const entry = base.find(({ isCommitment }) => isCommitment) as Writable<HorizonAnswer['base'][number]>
    entry.nodes--
  },
  'a base that is larger than what is on offer': ({ base }) => {
    ;(base.find(({ isCommitment }) => isCommitment) as Writable<HorizonAnswer['base'][number]>).nodes = 21
  },
  'more nodes that are there than there are': ({ base }) => {
    ;(base.find(({ node }) => node === 'spare-1') as Writable<HorizonAnswer['base'][number]>).nodes = 3
  },
  'a node forgotten that is never given back': ({ base }) => {
    base.splice(
      base.findIndex(({ node }) => node === 'head'),
      1
    )
  },
  'a cheaper base': ({ base }) => {
    ;(base[0] as Writable<HorizonAnswer['base'][number]>).costPerHour /= 2
  },
  'a base that is used more': ({ base }) => {
    ;(base[0] as Writable<HorizonAnswer['base'][number]>).usedShare += 0.1
  },
  'a commitment to what is there': ({ base }) => {
    const entry = base.find(({ node }) => node === 'head') as Writable<HorizonAnswer['base'][number]>
    entry.isCommitment = true
  },
  'a cheaper base in sum': ({ cost }) => {
    cost.base -= 1
  },
  'cheaper nodes on demand': ({ cost }) => {
    cost.onDemand -= 0.1
  },
  'cheaper spot': ({ cost }) => {
    cost.spot -= 0.1
  },
  'what was spot is on demand': ({ cost }) => {
    cost.onDemand += cost.spot
    cost.spot = 0
  },
  'cheaper orders': ({ cost }) => {
    cost.total -= cost.orders
    cost.orders = 0
  },
  'moves for nothing': ({ cost }) => {
    cost.total -= cost.moves
    cost.moves = 0
  },
  'a lower total': ({ cost }) => {
    cost.total -= 1
  },
  'a lower cost an hour': (told) => {
    told.costPerHour -= 1
  },
  'a bound above the cost': (told) => {
    told.bound = told.cost.total * 1.01
    told.boundPerHour = told.bound / told.hours
    told.gap = (told.cost.total - told.bound) / told.cost.total
  },
  'another bound an hour': (told) => {
    told.boundPerHour *= 0.9
  },
  'a smaller gap': (told) => {
    told.gap -= 0.001
  },
  'a smaller worst gap': (told) => {
    told.worstPeriodGap -= 0.001
  },
  'a smaller gap of a period': ({ periods }) => {
    ;(periods[4] as { gap: number }).gap -= 0.001
  },
  'a cheaper period': ({ periods }) => {
    ;(periods[4] as { costPerHour: number }).costPerHour -= 1
  },
  'a period missing': ({ periods }) => void periods.pop(),
  'a period at another time': ({ periods }) => {
    ;(periods[4] as { startSeconds: number }).startSeconds += 1
  },
  'fewer orders': ({ periods }) => {
    const period = periods.find(({ orders }) => orders > 0) as { orders: number }
    period.orders--
  },
  'fewer nodes given back': ({ periods }) => {
    const period = periods.find(({ releases }) => releases > 0) as { releases: number }
    period.releases--
  },
  'fewer orders in all': (told) => {
    told.orders--
  },
  'fewer moves in all': (told) => {
    told.moves--
  },
  'more moves than replicas': (told) => {
    ;(told.periods[1] as { moves: number }).moves += 1000
    told.moves += 1000
  },
  'fewer node hours': ({ hourly }) => {
    ;(hourly[0] as { nodeHours: number }).nodeHours -= 1
  },
  'a lower peak': ({ hourly }) => {
    ;(hourly[0] as { mostNodes: number }).mostNodes -= 1
  },
  'nodes by the hour left out': ({ hourly }) => void hourly.pop(),
  'a longer horizon': (told) => {
    told.hours += 1
  }
}

describe('the checker of horizons', () => {
  test('finds nothing wrong with an answer, nor with one read from JSON', () => {
    expect(answer.status).toBe('feasible')
    expect(verifyHorizon(wideStudy, wideDemand, answer)).toEqual([])
    expect(verifyHorizon(wideStudy, wideDemand, JSON.parse(JSON.stringify(answer)))).toEqual([])
  })

  test('the answer has all that may be tampered with', () => {
    expect(answer.base.some(({ isCommitment }) => isCommitment)).toBe(true)
    expect(answer.base.some(({ node }) => node === 'spare-1')).toBe(true)
    expect(answer.hourly.some(({ market }) => market === 'spot')).toBe(true)
    expect(answer.cost.orders).toBeGreaterThan(0)
    expect(answer.cost.moves).toBeGreaterThan(0)
  })

  test.each(Object.entries(tamperings))('finds %s', (_, tamper) => {
    const tampered = structuredClone(answer) as Writable<HorizonAnswer>
    tamper(tampered)
    expect(verifyHorizon(wideStudy, wideDemand, tampered)).not.toEqual([])
  })

  test('finds that it takes more moves than an answer says', () => {
    const period = answer.periods.findIndex(({ moves }) => moves > 0)
    const tampered = structuredClone(answer) as Writable<HorizonAnswer>
    ;(tampered.periods[period] as { moves: number }).moves--
    tampered.moves--
    expect(verifyHorizon(wideStudy, wideDemand, tampered).join()).toContain('moves')
  })

  test.each([
    ['a tighter quota', { quotas: [{ resource: 'cpu', max: 60 }] }, 'quota'],
    ['a higher floor', { availability: { floor: 1 } }, 'beside spot'],
    [
      'another rule',
      { rules: [{ kind: 'at-least', deployments: ['chat'], count: 4, nodeSelector: { market: 'spot' } }] },
      'at least'
    ],
    ['more headroom', { headroom: [{ deployment: 'chat', replicas: 2 }] }, 'headroom'],
    ['less on offer', { nodeTypes: wideInput.nodeTypes.map((type) => ({ ...type, maxNew: 1 })) }, 'on offer'],
    ['no commitment', { commitment: undefined }, 'every hour'],
    [
      'longer provisioning',
      { nodeTypes: wideInput.nodeTypes.map((type) => ({ ...type, provisionSeconds: 7200 })) },
      'orders'
    ]
  ] as const)('finds that an answer breaks %s', (_, change, words) => {
    const study = parseStudy({ ...wideInput, ...change })
    expect(verifyHorizon(study, wideDemand, answer).join()).toContain(words)
  })
})
