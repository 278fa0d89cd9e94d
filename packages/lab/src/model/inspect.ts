import type { SamplesFile } from '@facet/data/node'
import { generatorShapes, jacobianSingularValues, liveUnits } from '@facet/geometry'
import {
  type Autoencoder,
  type AutoencoderCode,
  type Layer,
  type LayerCode,
  Network,
  RegionCode,
  RegionIndex,
  rowErrors,
} from '@facet/models'
import { cast, scope, sum, tensor } from '@facet/tensor'
import { UsageError } from '../errors.ts'
import { mean, median } from '../text/statistics.ts'
import type { BareModel } from './bare-model.ts'
import type { BareInspection, Inspection, LayerFacts, LocalFacts } from './inspection.ts'
import { inUnitsOf } from './new-samples.ts'
import type { ModelFolder } from './open-model-folder.ts'
import { packedCodes, partitions, partsOf, unpackCodes } from './region-codes.ts'

/** Rows whose local maps are looked at: 64 of 784 inputs take a tenth of a second. */
const localRows = 64
/** A singular value below this share of the largest is 0: float32 weights have seven digits. */
const rankTolerance = 1e-6

/**
 * Everything that `facet inspect` shows; units and regions are those of `samples`, or of the training rows. A model file alone does not say
 * where these lie: of them only what was kept is told.
 */
export async function inspectModel(folder: ModelFolder, samples: SamplesFile | null): Promise<Inspection> {
  const { path, config, model, preparation } = folder
  const seen = await seenBy(folder, samples)
  const code = seen?.code ?? null
  const { result, data, settings, changes, endedAfterSteps } = config
  return {
    path,
    data,
    settings,
    preparation,
    changes,
    endedAfterSteps,
    ...modelFacts(model, code),
    seen: seen && factsOf(seen),
    local: code && localFacts(folder, code),
    result,
    generators: Object.fromEntries(
      Object.entries(folder.generators()).map(([name, matrices]) => [name, generatorShapes(matrices)]),
    ),
    log: folder.log(),
  }
}

/** What is told of a model that nobody knows the rows of. */
export const inspectBareModel = ({ path, model }: BareModel): BareInspection => ({
  path,
  ...modelFacts(model, null),
})

const modelFacts = (
  model: Autoencoder,
  code: AutoencoderCode | null,
): Pick<Inspection, 'parameters' | 'layers'> => ({
  parameters: model.parameters.reduce((total, { value }) => total + value.size, 0),
  layers: partitions.flatMap((name) => layerFacts(name, model[name], code?.[name] ?? null)),
})

interface Seen {
  readonly name: string
  readonly code: AutoencoderCode
  readonly error: number
}

async function seenBy(folder: ModelFolder, samples: SamplesFile | null): Promise<Seen | null> {
  if (samples !== null) return newCode(folder, samples)
  return folder.hasRegions ? trainingCode(folder) : null
}

function factsOf({ name, code, error }: Seen): NonNullable<Inspection['seen']> {
  const [encoder, decoder] = partsOf(code)
  const regions = {
    encoder: countRegions([encoder]),
    decoder: countRegions([decoder]),
    joint: countRegions([encoder, decoder]),
  }
  return { name, rows: encoder.count, error, regions }
}

async function trainingCode(folder: ModelFolder): Promise<Seen> {
  const { code } = await folder.regions()
  return {
    name: `${folder.config.data.name}, rows trained on`,
    code,
    error: folder.config.result.errors.train,
  }
}

function newCode(folder: ModelFolder, samples: SamplesFile): Seen {
  const { model } = folder
  const data = inUnitsOf(folder, samples)
  try {
    const code = unpackCodes(model, packedCodes(model, data), data.shape[0])
    return { name: samples.name, code, error: mean([...rowErrors(model, data)]) }
  } catch (error) {
    throw new UsageError(`${samples.name}: ${(error as Error).message}`)
  }
}

const countRegions = (codes: readonly RegionCode[]): number => new RegionIndex(codes).regions

/** The layers in order, each with what is inside; without a code nobody knows which units live. */
function layerFacts(name: string, network: Network, code: RegionCode | null): LayerFacts[] {
  let from = 0
  return network.layers.map((layer, l) => {
    const { kind, inputs, outputs, parameters, groups } = layer
    const words = code?.words.slice(from, from + groups.length) ?? null
    from += groups.length
    const place = `${name}.${l}`
    const facts = {
      name: place,
      kind,
      text: layer.toString(),
      inputs,
      outputs,
      parameters: parameters.reduce((total, { value }) => total + value.size, 0),
      liveUnits: code && scope(() => sum(cast(liveUnits(network, code, l), 'int32')).item()),
    }
    return layer.inside.length > 0
      ? { ...facts, layers: insideOf(layer, place, words, code?.count ?? 0) }
      : facts
  })
}

/** The layers within a layer, then the skip past them, if it has numbers. */
function insideOf(
  { inside, inputs, outputs, parameters }: Layer,
  name: string,
  words: LayerCode | null,
  rows: number,
) {
  const network = new Network(inside, name)
  const layers = layerFacts(name, network, words && new RegionCode(network, words, rows))
  const own = parameters.slice(network.parameters.length)
  if (own.length === 0) return layers
  const size = own.reduce((total, { value }) => total + value.size, 0)
  const facts = { kind: 'skip', text: 'skip', inputs, outputs, parameters: size }
  return [...layers, { name: `${name}.skip`, ...facts, liveUnits: words && network.outputs }]
}

/** The local maps of some rows, evenly spread. */
function localFacts({ model }: ModelFolder, code: AutoencoderCode): LocalFacts {
  const count = Math.min(localRows, code.encoder.count)
  const step = code.encoder.count / count
  const picked = tensor(Int32Array.from({ length: count }, (_, n) => Math.floor(n * step)))
  const values = scope(() =>
    jacobianSingularValues(model, {
      encoder: code.encoder.gather(picked),
      decoder: code.decoder.gather(picked),
    }).dataSync(),
  )
  const h = model.bottleneck
  const ofRow = (n: number): number[] => Array.from(values.subarray(n * h, (n + 1) * h))
  const all = Array.from({ length: count }, (_, n) => ofRow(n))
  const ranks = all.map((row) => row.filter((value) => value > rankTolerance * row[0]).length)
  const norms = all.map((row) => row[0])
  return {
    rows: count,
    rank: { smallest: Math.min(...ranks), median: median(ranks), largest: Math.max(...ranks) },
    spectralNorm: { smallest: Math.min(...norms), median: median(norms), largest: Math.max(...norms) },
  }
}
