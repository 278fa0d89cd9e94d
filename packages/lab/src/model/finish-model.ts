import type { Samples } from '@facet/data/node'
import { RegionRarity } from '@facet/geometry'
import type { Autoencoder, History, Objective } from '@facet/models'
import { saveModel } from '@facet/models'
import { encodeNpz, saveSafetensors } from '@facet/tensor'
import { toJsonLine } from '../folder/json-line.ts'
import type { ResultFolder } from '../folder/result-folder.ts'
import { hasGenerators } from '../objectives.ts'
import { mean } from '../text/statistics.ts'
import { versions } from '../version.ts'
import { modelBaselines } from './baselines.ts'
import { checkedJson } from './checked-json.ts'
import { fileNames, stampOf } from './files.ts'
import { type ModelConfig, modelFormat } from './model-schema.ts'
import { packedCodes, partsOf, unpackCodes } from './region-codes.ts'
import { rowErrors } from './row-errors.ts'
import type { TrainSettings } from './settings.ts'
import type { TrainingSet } from './training-set.ts'

/** All that a model folder is written from. */
export interface Trained {
  readonly settings: TrainSettings
  /** What became of them under way. */
  readonly course: Pick<ModelConfig, 'changes' | 'endedAfterSteps'>
  readonly samples: Samples
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
  const contents: Record<string, Uint8Array> = {
    [fileNames.weights]: await saveModel(model),
    [fileNames.regions]: regions.bytes,
    [fileNames.log]: new TextEncoder().encode(
      history.epochs.map((record) => `${toJsonLine(record)}\n`).join(''),
    ),
    ...(await generatorFile(trained)),
  }
  for (const [name, bytes] of Object.entries(contents)) folder.write(name, bytes)
  if (!(fileNames.generators in contents)) folder.remove(fileNames.generators)
  const config = configOf(trained, regions, contents)
  folder.write(fileNames.config, checkedJson(config))
  return config
}

interface RegionFile {
  readonly bytes: Uint8Array
  readonly errors: ModelConfig['result']['errors']
  readonly regions: ModelConfig['result']['regions']
}

/** The regions of the training rows, and what every row's error was. */
async function regionFile({ model, set }: Trained): Promise<RegionFile> {
  const { train, validation, rows } = set
  const packed = packedCodes(model, train)
  const [encoder, decoder] = partsOf(unpackCodes(model, packed, train.shape[0]))
  const both = new RegionRarity([encoder, decoder])
  const errors = rowErrors(model, train)
  const heldOut = validation === null ? new Float64Array(0) : rowErrors(model, validation)
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
      encoder: new RegionRarity([encoder]).regions,
      decoder: new RegionRarity([decoder]).regions,
      joint: both.regions,
    },
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

function configOf(
  { settings, course, samples, sha256, set, history, objectives }: Trained,
  { errors, regions }: RegionFile,
  contents: Readonly<Record<string, Uint8Array>>,
): ModelConfig {
  const { train, validation, normaliser } = set
  const { meanPredictor, pca } = modelBaselines(train, validation, settings.bottleneck, settings.seed)
  return {
    format: modelFormat.format,
    version: modelFormat.version,
    facet: versions.facet,
    settings,
    data: {
      name: samples.name,
      columns: train.shape[1],
      columnNames: samples.columns && [...samples.columns],
      classes: samples.classes && [...samples.classes],
      image: samples.image && { ...samples.image },
      rowsInFile: samples.rowsInFile,
      rows: samples.data.shape[0],
      trainRows: train.shape[0],
      validationRows: validation?.shape[0] ?? 0,
      sha256,
    },
    normaliser: normaliser as ModelConfig['normaliser'],
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
    },
    files: Object.fromEntries(Object.entries(contents).map(([name, bytes]) => [name, stampOf(bytes)])),
  }
}
