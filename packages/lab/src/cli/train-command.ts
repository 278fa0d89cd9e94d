import { join } from 'node:path'
import type { Command } from 'commander'
import { UsageError } from '../errors.ts'
import { inResultFolder, type ResultFolder } from '../folder/result-folder.ts'
import { fileNames } from '../model/files.ts'
import type { ModelConfig } from '../model/model-schema.ts'
import { renderTrained } from '../model/render-trained.ts'
import { readSamples } from '../model/samples.ts'
import { trainFields } from '../model/settings.ts'
import { resumeModelFolder, trainModelFolder } from '../model/train-model-folder.ts'
import { readUnfinished } from '../model/unfinished.ts'
import { coloursOf } from '../text/colours.ts'
import { duration } from '../text/duration.ts'
import { plain } from '../text/plain.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { contentOfFlags, givenTexts } from './field-options.ts'
import { trainOptions, trainTable } from './train-options.ts'
import { dataSettings, type TrainFlags, trainRequest } from './train-request.ts'

interface Flags extends TrainFlags {
  readonly out: string
  readonly resume?: string
  readonly overwrite?: boolean
  readonly finish?: boolean
  readonly keepEvery?: number
}

const examples = `
Every setting that is not given is chosen from the data, shown, and kept in
model.json: 20 % of the rows are held out and the epoch that reconstructs them
best is kept; about 5000 steps; ten bottleneck units or half the columns; Adam.
--weight and --sigma are for all objectives that take them, or for one:
contractive=0.1. An objective that reconstructs is added where none is named.

The folder holds model.safetensors, model.json, training.jsonl, regions.npz
(where the training rows lie) and, with a lieGroup objective,
generators.safetensors. Ctrl-C keeps a checkpoint; after a crash there is one
of about half a second, or an epoch, before.

With --keep-every N the folder holds epoch-000000.safetensors and on, the
weights as they were; say it again with --resume.

A loss that is not finite ends a training. --resume with a lower
--learning-rate goes back to the best weights and on from there with a new
optimizer, which model.json records; --resume with --finish keeps the best
weights as the model.

Examples:
  $ facet train --data my.csv --out model
  $ facet train --data my.csv --labels class --objective denoising --sigma 0.2
  $ facet train --data series.tsv.gz --bottleneck 2 --hidden 32,32
  $ facet train --data my.npy --objective lieGroupFirstOrder --weight 0.1 \\
      --generators skewSymmetric
  $ facet train --resume model
  $ facet train --resume model --learning-rate 1e-4
  $ facet train --resume model --finish`

/** Adds `facet train`. */
export function addTrainCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const command = program
    .command('train')
    .summary('train one model on your own data and keep it')
    .description('Trains one autoencoder on the rows of a file and keeps it in a folder.')
  for (const option of trainOptions()) command.addOption(option)
  command.addHelpText('after', examples).action(async (said: Flags) => {
    const flags: Flags = { ...said, ...contentOfFlags(trainTable.fields, givenTexts(command, [trainTable])) }
    const start = performance.now()
    const { folder, config } =
      flags.resume === undefined ? await begin(flags, io) : await goOn(flags, flags.resume, io, command)
    const took = duration((performance.now() - start) / 1000)
    io.stdout.write(
      `${renderTrained(config, coloursOf(io.stdout))}\n\nmodel in ${plain(folder)}, after ${took}; facet inspect shows it\n${plain(join(folder, fileNames.weights))} alone is the whole model\n`,
    )
    end(exitCode.ok)
  })
}

interface Kept {
  readonly folder: string
  readonly config: ModelConfig
}

async function begin(flags: Flags, io: CommandIo): Promise<Kept> {
  const { data, out, overwrite, keepEvery } = flags
  if (flags.finish) throw new UsageError('--finish: expected --resume with the folder of a training')
  if (data === undefined)
    throw new UsageError('--data: expected a file to train on, or --resume with a folder')
  const request = trainRequest(flags, data)
  return inResultFolder(
    out,
    async (folder) => {
      const seed = flags.seed ?? trainFields.seed.default
      const samples = await readSamples(dataSettings(flags, data), seed, flags)
      return {
        folder: folder.path,
        config: await trainModelFolder(request, samples, { ...around(folder, io), overwrite, keepEvery }),
      }
    },
    '--out',
    'train',
  )
}

/** What may be said beside `--resume`. */
const whenResuming: ReadonlySet<string> = new Set(['resume', 'data', 'learningRate', 'finish', 'keepEvery'])

/** `--data` may say where the file is now. */
async function goOn(flags: Flags, path: string, io: CommandIo, command: Command): Promise<Kept> {
  const given = command.options
    .map((option) => option.attributeName())
    .filter((name) => command.getOptionValueSource(name) === 'cli' && !whenResuming.has(name))
  if (given.length > 0) {
    const [first] = command.options.filter((option) => option.attributeName() === given[0])
    throw new UsageError(`--resume: goes on with the settings of ${path}, got ${first.long} as well`)
  }
  const { learningRate, finish, keepEvery } = flags
  if (finish && learningRate !== undefined) {
    throw new UsageError('--finish: ends the training here, got --learning-rate to go on with as well')
  }
  const { settings } = readUnfinished(path)
  return inResultFolder(
    path,
    async (folder) => {
      const where = { ...settings.data, path: flags.data ?? settings.data.path }
      const samples = await readSamples(where, settings.seed, settings)
      return {
        folder: folder.path,
        config: await resumeModelFolder(samples, { ...around(folder, io), learningRate, finish, keepEvery }),
      }
    },
    '--resume',
    'train',
  )
}

const around = (folder: ResultFolder, { signal, stderr }: CommandIo) => ({ folder, signal, stream: stderr })
