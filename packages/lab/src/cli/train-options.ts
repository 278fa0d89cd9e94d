import { Option } from 'commander'
import { text, wholeNumber } from '../fields/fields.ts'
import { asNumber, asText } from '../fields/read-text.ts'
import { trainFlags } from '../model/settings.ts'
import { type FieldTable, fieldOptions } from './field-options.ts'
import { settingOption } from './setting-option.ts'

/** The settings of a training. None has a value here: what is not given is chosen from the data. */
export const trainTable: FieldTable = { flag: 'train', fields: trainFlags }

/** The flags of `facet train`. */
export const trainOptions = (): Option[] => [
  settingOption(
    '--data <file>',
    'CSV, .npy, .npz, UCR .tsv or .ts, MNIST IDX, CIFAR-10; gz or not',
    text('a path'),
    asText,
  ),
  settingOption('--out <dir>', 'folder for the model', text('a path'), asText).default('model', 'model'),
  ...fieldOptions([trainTable]),
  settingOption('--resume <dir>', 'go on with the unfinished training in a folder', text('a path'), asText),
  new Option('--finish', 'with --resume: end it here, with the best weights so far'),
  settingOption(
    '--keep-every <epochs>',
    'keep the weights at the start and after every so many epochs, for facet draw life',
    wholeNumber(1),
    asNumber,
  ),
  new Option('--overwrite', 'replace the model that the folder holds'),
]
