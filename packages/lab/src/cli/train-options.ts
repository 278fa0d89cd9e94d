import { normaliserKinds } from '@facet/data'
import { activationNames } from '@facet/tensor'
import { Option } from 'commander'
import { listOf, oneOf, positiveNumber, text, wholeNumber } from '../fields/fields.ts'
import { asList, asNumber, asText } from '../fields/read-text.ts'
import { objectiveNames } from '../model/objectives.ts'
import { generatorsName, share, widths } from '../model/settings.ts'
import { arrayOption, formatOption, labelsOption } from './reading-options.ts'
import { settingOption } from './setting-option.ts'
import { parseByObjective } from './train-request.ts'

const count = wholeNumber(1)

/** `64,32`; `none` is no hidden layer. */
const asWidths = (list: string): unknown => (list === 'none' ? [] : asList(asNumber)(list))

/** The flags of `facet train`. None has a default here: what is not given is chosen from the data. */
export function trainOptions(): Option[] {
  return [
    settingOption(
      '--data <file>',
      'CSV, .npy, .npz, UCR .tsv or .ts, MNIST IDX, CIFAR-10; gz or not',
      text('a path'),
      asText,
    ),
    settingOption('--out <dir>', 'folder for the model', text('a path'), asText).default('model'),
    formatOption(),
    labelsOption(),
    arrayOption(),
    settingOption('--sample <n>', 'train on so many rows, drawn by seed', count, asNumber),
    settingOption(
      '--normalise <kind>',
      `${normaliserKinds.join(', ')} (default: series for labelled series, range for images, else columns)`,
      oneOf(normaliserKinds),
      asText,
    ),
    settingOption(
      '--validation <share>',
      'share of rows held out; 0 for none (default: 0.2)',
      share,
      asNumber,
    ),
    settingOption('--bottleneck <n>', 'bottleneck units (default: 10, or half the columns)', count, asNumber),
    settingOption(
      '--hidden <list>',
      "the encoder's hidden widths, or none (default: 64,64)",
      widths,
      asWidths,
    ),
    settingOption(
      '--decoder-hidden <list>',
      "the decoder's (default: the encoder's mirrored, the first twice)",
      widths,
      asWidths,
    ),
    settingOption(
      '--bottleneck-activation <name>',
      `${activationNames.join(', ')} (default: identity)`,
      oneOf(activationNames),
      asText,
    ),
    settingOption(
      '--objective <list>',
      `one or several of ${objectiveNames.join(', ')} (default: reconstruction)`,
      listOf(oneOf(objectiveNames), 'objectives'),
      asList(asText),
    ),
    new Option('--weight <x>', 'λ, or objective=λ; repeatable (default: 0.01)').argParser(parseByObjective),
    new Option('--sigma <x>', 'σ of noise, or objective=σ; repeatable (default: 0.1)').argParser(
      parseByObjective,
    ),
    settingOption('--kept <n>', 'k of kSparse (default: half the bottleneck)', count, asNumber),
    settingOption(
      '--generators <family>',
      'full, skewSymmetric or lowRank:r (default: full)',
      generatorsName,
      asText,
    ),
    settingOption(
      '--epochs <n>',
      'passes over the rows (default: about 5000 steps, 10 to 1000 epochs)',
      count,
      asNumber,
    ),
    settingOption(
      '--patience <n>',
      'end after so many epochs without a lower validation error (default: none)',
      count,
      asNumber,
    ),
    settingOption('--batch-size <n>', 'rows a step (default: 16, of large files up to 128)', count, asNumber),
    settingOption('--learning-rate <x>', 'of Adam (default: 0.001)', positiveNumber, asNumber),
    settingOption('--seed <n>', 'of everything random (default: 0)', wholeNumber(0), asNumber),
    settingOption('--resume <dir>', 'go on with the unfinished training in a folder', text('a path'), asText),
    new Option('--overwrite', 'replace the model that the folder holds').default(false),
  ]
}
