import { activationNames } from '@facet/tensor'
import { type Command, Option } from 'commander'
import { listOf, oneOf } from '../fields/fields.ts'
import { generatedSets } from '../sets/data-sets.ts'
import { studyModelNames } from '../studies/orbit-benefit/models.ts'
import { orbitStudyDefaults as orbitDefaults } from '../studies/orbit-benefit/settings.ts'
import { modelNames } from '../studies/paper-table/models.ts'
import { reproduceFields as fields } from '../studies/paper-table/schema.ts'
import { reproduceDefaults as defaults } from '../studies/paper-table/settings.ts'
import type { CommandIo } from './command-io.ts'
import { conduct, type FolderFlags, placeOf } from './conduct.ts'
import type { ExitCode } from './exit-code.ts'
import { orbitStudyOptions } from './orbit-study-options.ts'
import { type StudyName, studyExperiment, studyNames } from './reproduce-study.ts'
import { resumedExperiment } from './resume.ts'
import { asList, asNumber, asText, settingOption } from './setting-option.ts'
import { jobsOption, outOption, overwriteOption, resumeOption } from './shared-options.ts'
import { parseWeight } from './weight-option.ts'

type ReproduceFlags = FolderFlags & { readonly study: StudyName }

const examples = `
With several values for --weight or --sigma, the validation part chooses.
--data takes files of the UCR archive, <Name>_TRAIN and <Name>_TEST with .tsv,
.txt or .ts, and those of MNIST and CIFAR10, each gzipped or not.

Examples:
  $ facet reproduce
  $ facet reproduce --sets CBF --models ae,lieGroupFirstOrder --runs 1
  $ facet reproduce --data ucr --sets Trace,SyntheticControl --epochs 125 \\
      --weight 0.01,1,100 --weight higherOrderContractive=0.01,0.1,1 \\
      --sigma 0.001,0.01,0.1,1
  $ facet reproduce --study orbit --runs 2 --models ae,orbit
  $ facet reproduce --study orbit --data mnist --sets MNIST --samples 200`

/** Which of them a study has is known when all flags are read. */
const anyModels = listOf(oneOf([...new Set([...modelNames, ...studyModelNames])]), 'models')

/** The flags that are fields of an experiment document, in the order of the help. */
const settingOptions = (): Option[] => [
  settingOption(
    '--sets <list>',
    `data sets: ${Object.keys(generatedSets).join(', ')}, or any in --data`,
    fields.sets,
    asList(asText),
  ).default(defaults.sets, defaults.sets.join(',')),
  settingOption(
    '--models <list>',
    `of ${modelNames.join(', ')}; orbit study: of ${studyModelNames.join(', ')}`,
    anyModels,
    asList(asText),
  ).default(defaults.models, 'all but contractive; orbit study: all'),
  settingOption('--runs <n>', 'runs of each', fields.runs, asNumber).default(
    defaults.runs,
    `${defaults.runs}; orbit study: ${orbitDefaults.runs}`,
  ),
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
  settingOption('--batch-size <n>', 'samples a step', fields.batchSize, asNumber).default(
    defaults.batchSize,
    `${defaults.batchSize}; orbit study: ${orbitDefaults.batchSize}, or the whole training part`,
  ),
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
    'samples to keep of the training part and, but for the orbit study, of the test part, drawn by seed (default: all)',
    fields.samples,
    asNumber,
  ),
]

const study = oneOf(studyNames)

/** Flags that are no setting of an experiment. */
const notFields = ['study', 'out', 'jobs', 'resume', 'overwrite']

/** Adds `facet reproduce`. */
export function addReproduceCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const reproduce = program
    .command('reproduce')
    .summary("train autoencoders and print the paper's table, or the orbit study")
    .description(
      "Trains the paper's five autoencoders and two with linear skips that start at PCA, and prints their test errors beside the paper's, the mean predictor's and PCA's. With --study orbit it trains autoencoders that reconstruct transformed data, and their controls, with paired seeds.",
    )
  const folderOptions = [outOption('reproduce'), jobsOption(), resumeOption(), overwriteOption()]
  const studyOption = settingOption('--study <name>', studyNames.join(', '), study, asText).default(
    'table',
    'table',
  )
  for (const option of [studyOption, ...settingOptions(), ...orbitStudyOptions(), ...folderOptions]) {
    reproduce.addOption(option)
  }
  reproduce.addHelpText('after', examples).action(async (flags: ReproduceFlags, command: Command) => {
    const experiment =
      flags.resume === undefined
        ? studyExperiment(flags.study, command, notFields)
        : resumedExperiment(flags.resume, command, ['reproduce', 'orbitStudy']).experiment
    const name = experiment.experiment === 'orbitStudy' ? 'orbit-study' : 'reproduce'
    end(await conduct(io, experiment, placeOf(flags, name, io.now())))
  })
}
