import { parseProblem, parseResult } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import { expectMadeFor } from '../result/read-result.js'
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
