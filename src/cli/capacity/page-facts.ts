import type { Facts } from '../../report/html/capacity/answer-page.js'

/** What a page was made from, as the command line names it. */
export function namedFiles(files: Readonly<Record<string, string | undefined>>): Facts {
  return Object.entries(files).flatMap(([name, file]) =>
    file === undefined ? [] : [[name, file === '-' ? 'standard input' : file] as const]
  )
}
