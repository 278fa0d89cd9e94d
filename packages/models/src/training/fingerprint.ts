import { crc32, formatShape, type Tensor } from '@facet/tensor'
import { Autoencoder } from '../autoencoder.ts'
import { formatArchitecture } from '../file/architecture.ts'
import type { Layer } from '../layers/layer.ts'
import { answersForItself, strangeClass, whyUnknown } from '../layers/own-code.ts'
import { type Model, partsOf } from '../model.ts'
import { Network } from '../network.ts'
import type { AnyObjective, ObjectiveRun } from '../objectives/objective.ts'
import type { ClipGradient } from './clip-gradient.ts'
import type { ResolvedOptions } from './options.ts'
import type { Samples } from './samples.ts'
import { constant, describeSchedule } from './schedule.ts'

/** What two runs must have in common for one to continue the other, in words. */
export type Fingerprint = Readonly<Record<string, string>>

/** The number of epochs is not compared: a run may be trained on. */
export function fingerprintOf(
  model: Model,
  options: ResolvedOptions,
  runs: readonly ObjectiveRun[],
  seed: number | string,
): Fingerprint {
  const { optimizer, objectives, train, validation, batchSize, dropLast, restoreBest } = options
  const { accumulate, clipGradient, ema } = options
  return {
    architecture: formatArchitecture(model),
    ...ownCode(model),
    ...ownKinds(model),
    ...fixedParts(model),
    optimizer: `${optimizer.name}${formatSettings(optimizer.settings)}`,
    'schedule of learning rates': describeSchedule(optimizer.schedule ?? constant()),
    objective: objectives.map((objective, i) => formatObjective(objective, runs[i])).join(' + '),
    'training data': formatShape(train.x.shape),
    'validation data': validation === undefined ? 'none' : formatShape(validation.x.shape),
    batchSize: `${batchSize}`,
    dropLast: `${dropLast}`,
    restoreBest: `${restoreBest}`,
    // What is not asked for is not mentioned: checkpoints from before there was the option go on.
    ...(accumulate > 1 && { accumulate: `${accumulate}` }),
    ...(clipGradient && { clipGradient: formatClip(clipGradient) }),
    ...(ema !== undefined && { ema: `${ema}` }),
    seed: JSON.stringify(seed),
    'numbers in the training data': checksum(train.x),
    'numbers in the validation data': validation === undefined ? 'none' : checksum(validation.x),
    ...targetsOf('training', train),
    ...(validation && targetsOf('validation', validation)),
  }
}

/** Classes of one's own: their weights do something else in a plain model. */
function ownCode(model: Model): Fingerprint {
  const strangers = partsOf(model).flatMap((network) =>
    network.layers.flatMap((layer) => whyUnknown(layer) ?? strangeClass(network, Network.prototype) ?? []),
  )
  const own = model instanceof Autoencoder ? strangeClass(model, Autoencoder.prototype) : null
  const all = own === null ? strangers : [...strangers, own]
  return all.length === 0 ? {} : { 'code of its own': all.join(', ') }
}

/** What layers of one's own say of themselves: their place in the architecture is a text that may not tell their settings. */
function ownKinds(model: Model): Fingerprint {
  const all = (layers: readonly Layer[]): Layer[] =>
    layers.flatMap((layer) => [layer, ...all(layer.inside ?? [])])
  const own = partsOf(model)
    .flatMap(({ layers }) => all(layers))
    .filter(answersForItself)
  return own.length === 0
    ? {}
    : { 'kind of layers of its own': own.map((layer) => JSON.stringify(layer.describe?.())).join(', ') }
}

/**
 * Checksums of what is no parameter and yet of the model: of the skip autoencoder the mean of its data. Resumed with another,
 * a run would go on with weights that do not fit.
 */
function fixedParts(model: Model): Fingerprint {
  const trained = new Set(model.parameters.map(({ value }) => value))
  const layers = partsOf(model).flatMap((network) => network.layers)
  const values = layers.flatMap((layer) => Object.values(layer.values))
  const fixed = values.map(({ value }) => value).filter((value) => !trained.has(value))
  return fixed.length === 0 ? {} : { 'untrained part': fixed.map(checksum).join(' ') }
}

/** What is not there is not mentioned. */
const targetsOf = (set: string, { y }: Samples): Fingerprint =>
  y === undefined
    ? {}
    : {
        [`targets of the ${set} data`]: `${y.dtype} ${formatShape(y.shape)}`,
        [`numbers in the targets of the ${set} data`]: checksum(y),
      }

function checksum(tensor: Tensor): string {
  const { buffer, byteOffset, byteLength } = tensor.dataSync()
  return crc32(new Uint8Array(buffer, byteOffset, byteLength)).toString(16)
}

/** What a run that is begun again may do otherwise. */
export const ofOptimizer: readonly string[] = ['optimizer', 'schedule of learning rates']

/** @throws Error naming what differs first, expected and found; what is `free` may differ. */
export function checkFingerprint(
  expected: Fingerprint,
  found: Fingerprint,
  free: readonly string[] = [],
): void {
  const of = (fingerprint: Fingerprint, what: string): string =>
    Object.hasOwn(fingerprint, what) ? fingerprint[what] : 'none'
  for (const what of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const [value, other] = [of(expected, what), of(found, what)]
    if (other === value || free.includes(what)) continue
    throw new Error(`fit: resume: a checkpoint of another ${what}: expected ${value}; found ${other}`)
  }
}

const formatClip = ({ norm, value }: ClipGradient): string =>
  norm === undefined ? `value ${value}` : `norm ${norm}`

function formatObjective({ name, settings = {} }: AnyObjective, { parameters }: ObjectiveRun): string {
  const trained = parameters.map(({ name, value, learningRate }) => {
    const rate = learningRate === undefined ? '' : ` at rate ${learningRate}`
    return ` ${name} [${value.shape.join(', ')}]${rate}`
  })
  return `${name}${formatSettings(settings)}${trained.join(',')}`
}

function formatSettings(settings: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(settings).map(([name, value]) => `${name} ${String(value)}`)
  return entries.length === 0 ? '' : `(${entries.join(', ')})`
}
