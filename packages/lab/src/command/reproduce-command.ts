import { resolve } from 'node:path'
import { activationNames } from '@facet/tensor'
import { type Command, Option } from 'commander'
import { defaultResultFolder, inResultFolder } from '../output/result-folder.ts'
import { generatedSets } from '../reproduce/data-sets.ts'
import { type ModelName, modelNames } from '../reproduce/models.ts'
import { renderText } from '../reproduce/render.ts'
import { reproduce } from '../reproduce/reproduce.ts'
import { reproduceDefaults as defaults, type ReproduceSettings } from '../reproduce/settings.ts'
import { coloursOf } from '../text/colours.ts'
import {
  listOf,
  mostRepetitions,
  nonEmpty,
  nonNegativeNumber,
  oneOf,
  positiveNumber,
  wholeNumber,
} from './arguments.ts'
import { type CommandIo, columnsOf } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { checkSetNames } from './set-names.ts'
import { jobsOption, outOption } from './shared-options.ts'
import { candidatesFrom, parseWeight, type Weights } from './weight-option.ts'

interface ReproduceFlags extends Omit<ReproduceSettings, 'candidates' | 'data'> {
  readonly weight?: Weights
  readonly sigma: readonly number[]
  readonly data?: string
  readonly jobs: number
  readonly out?: string
}

const examples = `
With several values for --weight or --sigma, the validation part chooses.
--data takes files of the UCR archive, <Name>_TRAIN.tsv[.gz] and
<Name>_TEST.tsv[.gz].

Examples:
  $ facet reproduce
  $ facet reproduce --sets CBF --models ae,lieGroupFirstOrder --runs 1
  $ facet reproduce --data ucr --sets Trace,SyntheticControl --epochs 125 \\
      --weight 0.01,1,100 --weight higherOrderContractive=0.01,0.1,1 \\
      --sigma 0.001,0.01,0.1,1`

function settingsFrom(flags: ReproduceFlags): ReproduceSettings {
  const { weight = { byModel: {} }, sigma, jobs: _jobs, out: _out, data, ...rest } = flags
  return {
    ...rest,
    candidates: candidatesFrom(weight, defaults.weight, sigma),
    data: data === undefined ? null : resolve(data),
  }
}

/** Adds `facet reproduce`. */
export function addReproduceCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  program
    .command('reproduce')
    .summary("train five autoencoders and print the paper's table")
    .description(
      "Trains the paper's five autoencoders and prints their test errors beside the paper's, the mean predictor's and PCA's.",
    )
    .addOption(
      new Option('--sets <list>', `data sets: ${Object.keys(generatedSets).join(', ')}, or any in --data`)
        .argParser(listOf(nonEmpty))
        .default(defaults.sets, defaults.sets.join(',')),
    )
    .addOption(
      new Option('--models <list>', `of ${modelNames.join(', ')}`)
        .argParser(listOf<ModelName>(oneOf(modelNames)))
        .default(defaults.models, 'all but contractive'),
    )
    .addOption(
      new Option('--runs <n>', 'runs of each')
        .argParser(wholeNumber(1, mostRepetitions))
        .default(defaults.runs),
    )
    .addOption(
      new Option('--epochs <n>', 'passes over the training part')
        .argParser(wholeNumber(1))
        .default(defaults.epochs),
    )
    .addOption(
      new Option('--hidden <n>', 'width of hidden layers').argParser(wholeNumber(1)).default(defaults.hidden),
    )
    .addOption(
      new Option('--bottleneck <n>', 'bottleneck units')
        .argParser(wholeNumber(1))
        .default(defaults.bottleneck),
    )
    .addOption(
      new Option('--bottleneck-activation <name>', activationNames.join(', '))
        .argParser(oneOf(activationNames))
        .default(defaults.bottleneckActivation, defaults.bottleneckActivation),
    )
    .addOption(
      new Option('--learning-rate <x>', 'of Adam').argParser(positiveNumber).default(defaults.learningRate),
    )
    .addOption(
      new Option('--batch-size <n>', 'samples a step').argParser(wholeNumber(1)).default(defaults.batchSize),
    )
    .addOption(
      new Option(
        '--weight <list>',
        `λ: one or several, or model=list for one model; repeatable (default: ${defaults.weight})`,
      ).argParser(parseWeight),
    )
    .addOption(
      new Option('--sigma <list>', 'σ of denoising: one or several')
        .argParser(listOf(nonNegativeNumber))
        .default([defaults.sigma], String(defaults.sigma)),
    )
    .addOption(
      new Option('--seed <n>', 'of everything random').argParser(wholeNumber(0)).default(defaults.seed),
    )
    .addOption(
      new Option('--data <dir>', 'folder of UCR files; without it, sets are generated').argParser(nonEmpty),
    )
    .addOption(outOption('reproduce'))
    .addOption(jobsOption())
    .addHelpText('after', examples)
    .action(async (flags: ReproduceFlags) => {
      const settings = settingsFrom(flags)
      checkSetNames(settings.sets, settings.data)
      await inResultFolder(flags.out ?? defaultResultFolder('reproduce', io.now()), async (folder) => {
        const options = { folder, threads: flags.jobs, signal: io.signal, stream: io.stderr }
        const report = await reproduce(settings, options)
        io.stdout.write(
          `\n${renderText(report, columnsOf(io.stdout), coloursOf(io.stdout))}\n\nresults in ${folder.path}\n`,
        )
        end(report.failures.length === 0 ? exitCode.ok : exitCode.failed)
      })
    })
}
