import type { Command } from 'commander'
import { text } from '../fields/fields.ts'
import { asText } from '../fields/read-text.ts'
import type { ReadingOptions } from '../model/new-samples.ts'
import { arrayOption, formatOption, labelsOption } from './reading-options.ts'
import { settingOption } from './setting-option.ts'

/** Flags of the commands that read files for a model. */
export interface ModelFlags extends ReadingOptions {
  readonly out?: string
}

/** `MODEL FILE…` and how the files are read; `out` says what `--out` is for. */
export const addModelArguments = (command: Command, out: string): Command =>
  command
    .argument('<model>', 'folder of facet train')
    .argument('<file...>', 'files with the columns that the model was trained on')
    .addOption(settingOption('--out <file>', out, text('a path'), asText))
    .addOption(formatOption())
    .addOption(labelsOption())
    .addOption(arrayOption())
