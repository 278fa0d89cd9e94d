import type { Command } from 'commander'
import { text } from '../fields/fields.ts'
import { asText } from '../fields/read-text.ts'
import type { ReadingOptions } from '../model/new-samples.ts'
import { readingOptions } from './reading-options.ts'
import { settingOption } from './setting-option.ts'

/** Flags of the commands that read files for a model. */
export interface ModelFlags extends ReadingOptions {
  readonly out?: string
}

/** What `MODEL` may be. */
export const modelArgument = 'folder of facet train, or its model.safetensors alone'

/** What a command of a model is given beside it; default files with the columns that it was trained on. */
export interface ModelFiles {
  readonly argument: string
  readonly help: string
  /** Flags of reading; default all. */
  readonly reading?: Parameters<typeof readingOptions>[0]
}

const newFiles: ModelFiles = {
  argument: '<file...>',
  help: 'files with the columns that the model was trained on',
}

/** `MODEL FILE…` and how the files are read; `out` says what `--out` is for. */
export function addModelArguments(command: Command, out: string, files = newFiles): Command {
  command
    .argument('<model>', modelArgument)
    .argument(files.argument, files.help)
    .addOption(settingOption('--out <file>', out, text('a path'), asText))
  for (const option of readingOptions(files.reading)) command.addOption(option)
  return command
}
