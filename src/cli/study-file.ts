import { dirname, isAbsolute, join } from 'node:path'
import { InputError } from '../../models/contract/parse.js'
import { type CompleteStudy, completeStudy } from '../capacity/study/complete-study.js'
import { parseStudy } from '../capacity/study/parse-study.js'
import { checkOneStandardInput, nameFile, readInput, readTableFile } from './input-file.js'

/** Tables given on the command line, in the place of those that the study names. */
export interface TableFiles {
  readonly catalogue?: string | undefined
  readonly forecast?: string | undefined
}

/**
 * A study file with the files it names, which stand relative to it; those of `files` relative to the working directory. Throws UsageError
 * that names the file and the place in it.
 */
export async function readStudyFile(path: string, files: TableFiles = {}): Promise<CompleteStudy> {
  checkOneStandardInput(path, files.catalogue ?? '', files.forecast ?? '')
  const study = await readInput(path, parseStudy)
  const catalogue = files.catalogue ?? besideStudy(path, study.catalogue?.file)
  const forecast = files.forecast ?? besideStudy(path, study.forecast?.file)
  try {
    return completeStudy(study, {
      ...(catalogue === undefined ? {} : { catalogue: await readTableFile(catalogue) }),
      ...(forecast === undefined ? {} : { forecast: await readTableFile(forecast) })
    })
  } catch (error) {
    const subject = error instanceof InputError ? error.subject : ''
    const table = subject === 'catalogue' ? catalogue : subject === 'forecast' ? forecast : undefined
    throw nameFile(error, table ?? path)
  }
}

/** The path of a file that a study names. */
function besideStudy(study: string, file: string | undefined): string | undefined {
  return file === undefined || study === '-' || isAbsolute(file) ? file : join(dirname(study), file)
}
