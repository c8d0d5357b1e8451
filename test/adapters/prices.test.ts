import { describe, expect, test } from 'vitest'
import { InputError } from '../../models/contract/parse.js'
import { PriceBook } from '../../src/adapters/prices.js'

const catalogue = `name,region,vcpu,memGiB,priceOnDemand,priceSpot
g5.xlarge,us-east-1,4,16,1.006,0.4
g5.xlarge,us-west-2,4,16,1.2,
m5.large,us-east-1,2,8,0.096,
m5.large,us-west-2,2,8,0.096,`

const priceOf = (book: PriceBook, type: string, region?: string, market: 'on-demand' | 'spot' = 'on-demand') =>
  book.priceOf({ type, region, market })

describe('the price of a node', () => {
  const book = new PriceBook({ catalogue, prices: { bare: 0 } })

  test('is that of its type in its region and market', () => {
    expect(priceOf(book, 'g5.xlarge', 'us-west-2')).toEqual({ costPerHour: 1.2, source: 'catalogue' })
    expect(priceOf(book, 'g5.xlarge', 'us-east-1', 'spot')).toEqual({ costPerHour: 0.4, source: 'catalogue' })
  })

  test('is known without a region where all regions agree, and only there', () => {
    expect(priceOf(book, 'm5.large')?.costPerHour).toBe(0.096)
    expect(priceOf(book, 'm5.large', 'eu-west-1')?.costPerHour).toBe(0.096)
    expect(priceOf(book, 'g5.xlarge')).toBeNull()
  })

  test('is not known where the market has none, or nobody sells it', () => {
    expect(priceOf(book, 'g5.xlarge', 'us-west-2', 'spot')).toBeNull()
    expect(priceOf(book, 'p9.huge')).toBeNull()
    expect(priceOf(book, '__proto__')).toBeNull()
  })

  test('that is named wins, also when it is nothing', () => {
    expect(priceOf(book, 'bare')).toEqual({ costPerHour: 0, source: 'flag' })
    const own = new PriceBook({ catalogue, prices: { 'm5.large': 0.05 } })
    expect(priceOf(own, 'm5.large')).toEqual({ costPerHour: 0.05, source: 'flag' })
  })

  test('that nobody knows is what is said of the unknown', () => {
    const own = new PriceBook({ unknownPrice: 3 })
    expect(priceOf(own, 'p9.huge')).toEqual({ costPerHour: 3, source: 'unknown' })
  })
})

test('prices that are no money are refused by name', () => {
  expect(() => new PriceBook({ prices: { a: -1, b: Number.NaN }, unknownPrice: Infinity })).toThrow(InputError)
  expect(() => new PriceBook({ prices: { a: -1, b: Number.NaN } })).toThrow(/prices\.a[\s\S]*prices\.b/)
  expect(() => new PriceBook({ unknownPrice: Infinity })).toThrow(/unknownPrice/)
})
