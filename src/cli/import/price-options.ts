import { type Command, InvalidArgumentError } from 'commander'
import { InputError } from '../../../models/contract/parse.js'
import type { PriceOptions } from '../../adapters/prices.js'
import { nameFile, readTableFile } from '../input-file.js'
import { numberIn } from '../option-values.js'

/** Options that say what nodes cost. */
export interface PriceFlags {
  readonly catalogue?: string
  readonly price?: ReadonlyMap<string, number>
  readonly unknownPrice?: number
}

const money = numberIn({})

export function addPriceOptions(command: Command): Command {
  return command
    .option('--catalogue <FILE>', 'prices by instance type: a CSV file with name, region, vcpu, memGiB, priceOnDemand')
    .option('--price <TYPE=MONEY>', 'price per hour of an instance type; may be given again', readPrice)
    .option('--unknown-price <MONEY>', 'price per hour of nodes whose price nothing tells (default: an error)', money)
}

/** Calls an importer with the prices of the options. Throws UsageError that names the catalogue for a file that cannot be read or is none. */
export async function importWithPrices<Imported>(
  flags: PriceFlags,
  read: (prices: PriceOptions) => Imported
): Promise<Imported> {
  const prices = await readPrices(flags)
  try {
    return read(prices)
  } catch (error) {
    const isAboutCatalogue = error instanceof InputError && error.subject === 'catalogue'
    throw isAboutCatalogue && flags.catalogue !== undefined ? nameFile(error, flags.catalogue) : error
  }
}

async function readPrices({ catalogue, price, unknownPrice }: PriceFlags): Promise<PriceOptions> {
  return {
    ...(catalogue === undefined ? {} : { catalogue: (await readTableFile(catalogue)) as string }),
    ...(price === undefined ? {} : { prices: Object.fromEntries(price) }),
    ...(unknownPrice === undefined ? {} : { unknownPrice })
  }
}

function readPrice(pair: string, before: ReadonlyMap<string, number> = new Map()): Map<string, number> {
  // A name may hold an equals sign, a price cannot.
  const at = pair.lastIndexOf('=')
  if (at < 1) throw new InvalidArgumentError('Expected TYPE=MONEY, such as g5.xlarge=1.006.')
  return new Map([...before, [pair.slice(0, at), money(pair.slice(at + 1))]])
}
