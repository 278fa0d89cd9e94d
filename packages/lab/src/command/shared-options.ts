import { availableParallelism } from 'node:os'
import { Option } from 'commander'
import { nonEmpty, wholeNumber } from './arguments.ts'

/** `--jobs`: how many runs at a time. */
export const jobsOption = (): Option =>
  new Option('--jobs <n>', 'runs at a time; changes no number')
    .argParser(wholeNumber(1))
    .default(availableParallelism(), 'one for each core')

/** `--out`: the result folder. */
export const outOption = (experiment: string): Option =>
  new Option(
    '--out <dir>',
    `folder for results.jsonl and table.md (default: facet-results/${experiment}-<time>)`,
  ).argParser(nonEmpty)
