import { describe, expect, test } from 'vitest'
import { portfolio } from '../../src/solvers/portfolio.js'
import { QUICKSTART, runCommand } from './run-command.js'

describe('wrong usage: exit code 2, what was found and what is expected', () => {
  test.each([
    [['plam', 'x'], "unknown command 'plam'\n(Did you mean plan?)"],
    [['plan', 'x', '--max-migration', '3'], "unknown option '--max-migration'\n(Did you mean --max-migrations?)"],
    [['plan'], "missing required argument 'PROBLEM'"],
    [['plan', 'a', 'b'], "too many arguments for 'plan'"],
    [['plan', 'x', '--time-limit', 'abc'], "argument 'abc' is invalid. Expected a number above 0"],
    [['plan', 'x', '--time-limit', '0'], "argument '0' is invalid. Expected a number above 0"],
    [['plan', 'x', '--gap=-0.1'], "argument '-0.1' is invalid. Expected a number of at least 0 and at most 0.999."],
    [['plan', 'x', '--max-migrations', '1.5'], "argument '1.5' is invalid. Expected a whole number of at least 0."],
    [['plan', 'x', '--threads', '0x10'], "argument '0x10' is invalid. Expected a whole number of at least 1"],
    [
      ['plan', 'x', '--solver', 'simplex'],
      `'--solver <NAME>' argument 'simplex' is invalid. Expected one of ${['auto', ...portfolio, 'greedy'].join(', ')}.`
    ],
    [['plan', 'x', '--work-limit', '0'], "argument '0' is invalid. Expected a number above 0"],
    [['plan', 'x', '-o', '-'], 'Expected a file'],
    [['verify', '-', '-'], 'found "-" twice'],
    [['plan', '-', '--start', '-'], 'found "-" twice'],
    [['export', 'x', '--format', 'gms'], 'Allowed choices are lp, mps.'],
    [[], 'Usage: replica-compactor [options] [command]']
  ])('%j', async (args, expected) => {
    const { code, stdout, stderr } = await runCommand(args)
    expect(stderr).toContain(expected)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  test('a file that cannot be written is said before the search', async () => {
    const { code, stderr } = await runCommand(['plan', QUICKSTART, '-o', '/no/such/folder/result.json'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'replica-compactor: /no/such/folder/result.json: there is no such file or folder\n'
    })
  })
})
