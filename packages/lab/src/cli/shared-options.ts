import { availableParallelism } from 'node:os'
import { Option } from 'commander'
import { text, wholeNumber } from '../fields/fields.ts'
import { asNumber, asText } from '../fields/read-text.ts'
import { settingOption } from './setting-option.ts'

/** `--jobs`: how many runs at a time. */
export const jobsOption = (): Option =>
  settingOption('--jobs <n>', 'runs at a time; changes no number', wholeNumber(1), asNumber).default(
    availableParallelism(),
    'one for each core',
  )

const folder = text('a folder')

/** `--out`: the result folder, by default named as one of the experiments. */
export const outOption = (experiments: readonly string[]): Option =>
  settingOption(
    '--out <dir>',
    `folder for report.html, table.md and results.jsonl${experiments.length === 0 ? '' : ` (default: ${experiments.map((name, i) => `${i === 0 ? 'facet-results/' : ''}${name}-<time>`).join(', ')})`}`,
    folder,
    asText,
  )

/** `--resume`: goes on with the experiment in a folder. */
export const resumeOption = (): Option =>
  settingOption(
    '--resume <dir>',
    'go on with the experiment in a result folder, with its settings',
    folder,
    asText,
  )

export const dryRunOption = (): Option => new Option('--dry-run', 'list the runs and estimate their time')

export const overwriteOption = (): Option =>
  new Option('--overwrite', 'start again in a folder that holds an unfinished experiment')
