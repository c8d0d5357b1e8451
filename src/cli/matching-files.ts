import { InputError, parseProblem, parseResult } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import { expectMadeFor } from '../result/read-result.js'
import { RESTRICTED } from '../review/refuse-restricted.js'
import { checkOneStandardInput, nameFile, readInput } from './input-file.js'

/** A Problem and the Results that answer it, in the order of their paths. Throws UsageError where one was made for another Problem. */
export async function readMatching(
  problemPath: string,
  resultPath: string,
  ...otherPaths: readonly string[]
): Promise<{ problem: Problem; result: Result; others: readonly Result[] }> {
  checkOneStandardInput(problemPath, resultPath, ...otherPaths)
  const problem = await readInput(problemPath, parseProblem)
  const read = async (path: string) => {
    const result = await readInput(path, parseResult)
    try {
      expectMadeFor(problem, result)
    } catch (error) {
      throw nameFile(error, path)
    }
    return result
  }
  const result = await read(resultPath)
  const others: Result[] = []
  for (const path of otherPaths) others.push(await read(path))
  return { problem, result, others }
}

/** An error that is about the Result, with the name of its file; any other as it is. */
export function nameResult(error: unknown, path: string): unknown {
  const isAboutIt = error instanceof InputError && (error.subject === 'result' || error.subject === RESTRICTED)
  return isAboutIt ? nameFile(error, path) : error
}
