/// <reference types="vite/client" />
import deadlock from '../../../fixtures/golden-deadlock.problem.json?url'
import slice30 from '../../../fixtures/openb/openb-slice-30.problem.json?url'
import slice120 from '../../../fixtures/openb/openb-slice-120.problem.json?url'
import slice400 from '../../../fixtures/openb/openb-slice-400.problem.json?url'
import quickstart from '../../../fixtures/quickstart.problem.yaml?url'
import synthetic1000 from '../../../fixtures/synthetic/synthetic-1000-1.problem.json?url'
import type { ExampleName } from './example-list.js'

const addresses: Record<Exclude<ExampleName, 'fleet-2000'>, string> = {
  quickstart,
  'golden-deadlock': deadlock,
  'openb-slice-30': slice30,
  'openb-slice-120': slice120,
  'openb-slice-400': slice400,
  'synthetic-1000': synthetic1000
}

/** The text of an example, and the name of its file; fetched, or made, when it is asked for. */
export async function loadExample(name: ExampleName): Promise<{ file: string; text: string }> {
  if (name === 'fleet-2000') {
    const { makeSynthetic } = await import('../../../benchmarks/families/synthetic.mjs')
    return { file: 'synthetic-2000.problem.json', text: JSON.stringify(makeSynthetic(2000, 1)) }
  }
  const address = new URL(addresses[name], import.meta.url)
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`the example ${name} could not be loaded: ${answer.status}`)
  return { file: address.pathname.endsWith('.yaml') ? `${name}.yaml` : `${name}.json`, text: await answer.text() }
}
