import { resolve } from 'node:path'
import { activationNames } from '@facet/tensor'
import { type Command, Option } from 'commander'
import type { Experiment } from '../document/experiment.ts'
import {
  reproduceFields as fields,
  type ReproduceDocument,
  reproduceSchema,
} from '../document/reproduce-schema.ts'
import { generatedSets } from '../reproduce/data-sets.ts'
import { modelNames } from '../reproduce/models.ts'
import { reproduceDefaults as defaults, type ReproduceSettings } from '../reproduce/settings.ts'
import type { CommandIo } from './command-io.ts'
import { conduct, type FolderFlags, placeOf } from './conduct.ts'
import type { ExitCode } from './exit-code.ts'
import { resumedExperiment } from './resume.ts'
import { asList, asNumber, asText, settingOption } from './setting-option.ts'
import { jobsOption, outOption, overwriteOption, resumeOption } from './shared-options.ts'
import { parseWeight, type Weights } from './weight-option.ts'

type ReproduceFlags = FolderFlags &
  Omit<ReproduceDocument, 'experiment' | keyof Weights> & { readonly weight?: Weights }

const examples = `
With several values for --weight or --sigma, the validation part chooses.
--data takes files of the UCR archive, <Name>_TRAIN and <Name>_TEST with .tsv,
.txt or .ts, and those of MNIST and CIFAR10, each gzipped or not.

Examples:
  $ facet reproduce
  $ facet reproduce --sets CBF --models ae,lieGroupFirstOrder --runs 1
  $ facet reproduce --data ucr --sets Trace,SyntheticControl --epochs 125 \\
      --weight 0.01,1,100 --weight higherOrderContractive=0.01,0.1,1 \\
      --sigma 0.001,0.01,0.1,1`

/** The flags that are fields of an experiment document, in the order of the help. */
const settingOptions = (): Option[] => [
  settingOption(
    '--sets <list>',
    `data sets: ${Object.keys(generatedSets).join(', ')}, or any in --data`,
    fields.sets,
    asList(asText),
  ).default(defaults.sets, defaults.sets.join(',')),
  settingOption('--models <list>', `of ${modelNames.join(', ')}`, fields.models, asList(asText)).default(
    defaults.models,
    'all but contractive',
  ),
  settingOption('--runs <n>', 'runs of each', fields.runs, asNumber).default(defaults.runs),
  settingOption('--epochs <n>', 'passes over the training part', fields.epochs, asNumber).default(
    defaults.epochs,
  ),
  settingOption('--hidden <n>', 'width of hidden layers', fields.hidden, asNumber).default(defaults.hidden),
  settingOption('--bottleneck <n>', 'bottleneck units', fields.bottleneck, asNumber).default(
    defaults.bottleneck,
  ),
  settingOption(
    '--bottleneck-activation <name>',
    activationNames.join(', '),
    fields.bottleneckActivation,
    asText,
  ).default(defaults.bottleneckActivation, defaults.bottleneckActivation),
  settingOption('--learning-rate <x>', 'of Adam', fields.learningRate, asNumber).default(
    defaults.learningRate,
  ),
  settingOption('--batch-size <n>', 'samples a step', fields.batchSize, asNumber).default(defaults.batchSize),
  new Option(
    '--weight <list>',
    `λ: one or several, or model=list for one model; repeatable (default: ${defaults.weight})`,
  ).argParser(parseWeight),
  settingOption('--sigma <list>', 'σ of denoising: one or several', fields.sigma, asList(asNumber)).default(
    [defaults.sigma],
    String(defaults.sigma),
  ),
  settingOption('--seed <n>', 'of everything random', fields.seed, asNumber).default(defaults.seed),
  settingOption('--data <dir>', 'folder of data files; without it, sets are generated', fields.data, asText),
  settingOption(
    '--samples <n>',
    'samples to keep of the training and of the test part, drawn by seed (default: all)',
    fields.samples,
    asNumber,
  ),
]

function settingsFrom({ weight, data, ...rest }: Omit<ReproduceFlags, keyof FolderFlags>): ReproduceSettings {
  const fromHere = data == null ? data : resolve(data)
  return reproduceSchema.parse({ experiment: 'reproduce', ...rest, ...weight, data: fromHere })
}

/** Adds `facet reproduce`. */
export function addReproduceCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const reproduce = program
    .command('reproduce')
    .summary("train five autoencoders and print the paper's table")
    .description(
      "Trains the paper's five autoencoders and prints their test errors beside the paper's, the mean predictor's and PCA's.",
    )
  const folderOptions = [outOption('reproduce'), jobsOption(), resumeOption(), overwriteOption()]
  for (const option of [...settingOptions(), ...folderOptions]) reproduce.addOption(option)
  reproduce
    .addHelpText('after', examples)
    .action(async ({ jobs, out, resume, overwrite, ...rest }: ReproduceFlags, command: Command) => {
      const experiment: Experiment =
        resume === undefined
          ? { experiment: 'reproduce', settings: settingsFrom(rest) }
          : resumedExperiment(resume, command, 'reproduce').experiment
      end(await conduct(io, experiment, placeOf({ jobs, out, resume, overwrite }, 'reproduce', io.now())))
    })
}
