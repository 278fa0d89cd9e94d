import type { SamplesFile } from '@facet/data/node'
import { RegionRarity } from '@facet/geometry'
import {
  type Autoencoder,
  alarmRule,
  type Calibration,
  calibrate,
  type History,
  modelBaselines,
  type Objective,
  RegionIndex,
  rowErrors,
} from '@facet/models'
import { encodeNpz, saveSafetensors } from '@facet/tensor'
import { toJsonLine } from '../folder/json-line.ts'
import type { ResultFolder } from '../folder/result-folder.ts'
import { hasGenerators } from '../objectives.ts'
import { mean } from '../text/statistics.ts'
import { versions } from '../version.ts'
import { checkedJson } from './checked-json.ts'
import { fileNames, stampOf } from './files.ts'
import { modelFileOf } from './model-file.ts'
import { writeReadme } from './model-readme.ts'
import { type ModelConfig, modelFormat } from './model-schema.ts'
import { packedCodes, partsOf, unpackCodes } from './region-codes.ts'
import type { TrainSettings } from './settings.ts'
import { trainedOn } from './trained-on.ts'
import type { TrainingSet } from './training-set.ts'

/** All that a model folder is written from. */
export interface Trained {
  readonly settings: TrainSettings
  /** What became of them under way. */
  readonly course: Pick<ModelConfig, 'changes' | 'endedAfterSteps'>
  readonly samples: SamplesFile
  readonly sha256: string
  readonly set: TrainingSet
  readonly model: Autoencoder
  readonly objectives: readonly Objective[]
  readonly history: History
}

/** Writes the files of a finished model; `model.json`, which vouches for the others, comes last. */
export async function finishModel(folder: ResultFolder, trained: Trained): Promise<ModelConfig> {
  const { model, history } = trained
  const regions = await regionFile(trained)
  const told = await configOf(trained, regions)
  const contents: Record<string, Uint8Array> = {
    [fileNames.weights]: await modelFileOf(model, told, regions.calibration),
    [fileNames.regions]: regions.bytes,
    [fileNames.log]: new TextEncoder().encode(
      history.epochs.map((record) => `${toJsonLine(record)}\n`).join(''),
    ),
    ...(await generatorFile(trained)),
  }
  for (const [name, bytes] of Object.entries(contents)) folder.write(name, bytes)
  if (!(fileNames.generators in contents)) folder.remove(fileNames.generators)
  const files = Object.entries(contents).map(([name, bytes]) => [name, stampOf(bytes)])
  const config = { ...told, files: Object.fromEntries(files) }
  writeReadme(folder, config, model)
  folder.write(fileNames.config, checkedJson(config))
  return config
}

interface RegionFile {
  readonly bytes: Uint8Array
  readonly errors: ModelConfig['result']['errors']
  readonly regions: ModelConfig['result']['regions']
  /** `null` where nothing was held out. */
  readonly calibration: Calibration | null
}

/** The regions of the training rows, and what every row's error was. */
async function regionFile({ model, set }: Trained): Promise<RegionFile> {
  const { train, validation, rows } = set
  const packed = packedCodes(model, train)
  const [encoder, decoder] = partsOf(unpackCodes(model, packed, train.shape[0]))
  const both = new RegionRarity([encoder, decoder])
  const errors = rowErrors(model, train)
  const heldOut = validation === null ? new Float64Array(0) : rowErrors(model, validation)
  const calibration = validation === null ? null : calibrate(heldOut)
  const bytes = await encodeNpz({
    ...packed,
    counts: { dtype: 'int32', shape: [both.counts.length], data: both.counts },
    rows: { dtype: 'int32', shape: [rows.length], data: rows },
    errors: { dtype: 'float64', shape: [errors.length], data: errors },
    heldOutErrors: { dtype: 'float64', shape: [heldOut.length], data: heldOut },
  })
  return {
    bytes,
    errors: { train: mean([...errors]), validation: validation && mean([...heldOut]) },
    regions: {
      encoder: new RegionIndex([encoder]).regions,
      decoder: new RegionIndex([decoder]).regions,
      joint: both.regions,
    },
    calibration,
  }
}

/** Learned generators [count, d, d], by the name of their objective. */
async function generatorFile({ objectives, history }: Trained): Promise<Record<string, Uint8Array>> {
  const matrices = history.objectives.flatMap((run, i) =>
    hasGenerators(run) ? [[objectives[i].name, run.generators.matrices()] as const] : [],
  )
  if (matrices.length === 0) return {}
  return { [fileNames.generators]: await saveSafetensors(Object.fromEntries(matrices)) }
}

/** Everything but the other files. */
async function configOf(
  { settings, course, samples, sha256, set, history, objectives }: Trained,
  { errors, regions, calibration }: RegionFile,
): Promise<ModelConfig> {
  const { train, validation } = set
  const { bottleneck, seed } = settings
  const { meanPredictor, pca } = await modelBaselines(train, validation, bottleneck, seed)
  return asRead({
    format: modelFormat.format,
    version: modelFormat.version,
    facet: versions.facet,
    settings,
    data: trainedOn(samples, settings, set, sha256),
    preparation: set.preparation,
    ...course,
    result: {
      epochs: history.epochs.length,
      bestEpoch: history.bestEpoch === null ? null : history.bestEpoch + 1,
      errors,
      meanPredictor,
      pca,
      regions,
      objectives: objectives.map(({ name, settings = {} }) => ({ name, settings: { ...settings } })),
      diagnostics: history.diagnostics as ModelConfig['result']['diagnostics'],
      ...alarmOf(calibration),
    },
    files: {},
  })
}

/** As it is read back: JSON has no `undefined`, and no -0. */
const asRead = (config: ModelConfig): ModelConfig => JSON.parse(JSON.stringify(config))

/** Of errors above it one in a hundred is a false alarm. */
const usualAlpha = 0.01

function alarmOf(calibration: Calibration | null): Pick<ModelConfig['result'], 'alarm'> {
  if (calibration === null) return {}
  const { errors, fenced } = calibration
  const { kind, ...rule } = alarmRule(calibration, usualAlpha)
  return kind === 'none' ? {} : { alarm: { kind, ...rule, calibrating: errors.length, fenced } }
}
