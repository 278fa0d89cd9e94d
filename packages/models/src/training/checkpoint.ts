import { decodeSafetensors, formatShape, type Tensor, tensor } from '@facet/tensor'
import { checkChecksum, encodeChecked } from '../file/checksum.ts'
import { parseJson, writeNumber } from '../file/reading.ts'
import type { Parameter } from '../parameter.ts'
import { type Header, oldVersion, readHeader, version } from './checkpoint-header.ts'
import type { Fingerprint } from './fingerprint.ts'
import type { Moments, Optimizer } from './optimizer.ts'
import { type HostArray, hostArray, type TrainingState } from './state.ts'

/** A run as a checkpoint holds it: everything that training reads and that is not a pure function of the seed. */
export interface Checkpoint {
  readonly fingerprint: Fingerprint
  readonly seed: number | string
  readonly state: TrainingState
  /** Of the parameters, as {@link namesOf} gives them. */
  readonly names: readonly string[]
  readonly values: readonly HostArray[]
  readonly momentNames: readonly string[]
  readonly moments: readonly Readonly<Record<string, HostArray>>[]
  /** Of the parameters, where they are kept. */
  readonly averages: readonly HostArray[] | null
}

/** The metadata entry with everything but the tensors, as JSON. */
const entry = 'facet.training'

const operation = 'fit: resume'

/** Parameters may have equal names. */
const namesOf = (parameters: readonly Parameter[]): string[] =>
  parameters.map((parameter, i) => `${i}.${parameter.name}`)

/** A safetensors file with a checksum; tensors are named `<group>.<index of the parameter>.<its name>`. */
export function encodeCheckpoint(
  fingerprint: Fingerprint,
  seed: number | string,
  { best, ...state }: TrainingState,
  parameters: readonly Parameter[],
  moments: readonly Moments[],
  averages: readonly HostArray[] | null = null,
): Uint8Array {
  const names = namesOf(parameters)
  const momentNames = Object.keys(moments[0])
  const tensors: Record<string, HostArray> = {}
  names.forEach((name, i) => {
    tensors[`parameter.${name}`] = hostArray(parameters[i].value)
    for (const moment of momentNames) tensors[`${moment}.${name}`] = hostArray(moments[i][moment])
    if (best !== null) tensors[`best.${name}`] = best[i]
    if (averages !== null) tensors[`average.${name}`] = averages[i]
  })
  const header: Header = {
    ...{ version, fingerprint, seed, state, names, momentNames, hasBest: best !== null },
    ...(averages !== null && { hasAverages: true }),
  }
  return encodeChecked(tensors, { [entry]: JSON.stringify(header, writeNumber) })
}

/**
 * @throws Error unless the bytes are a checkpoint of `fit`, all that were written. Those of version 2, which have no checksum, are
 * read as well.
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const isChecked = checkChecksum(operation, bytes)
  const { tensors, metadata } = decodeSafetensors(bytes)
  if (!Object.hasOwn(metadata, entry)) {
    const found = Object.keys(metadata).join(', ') || 'no metadata'
    throw new Error(
      `${operation}: expected a training checkpoint, with '${entry}' in its metadata; found ${found}`,
    )
  }
  const place = `${operation}: ${entry}`
  const header = readHeader(parseJson(metadata[entry], place), place)
  if (header.version !== oldVersion && !isChecked) {
    throw new Error(`${operation}: damaged: expected a checksum in version ${version}, found none`)
  }
  return withTensors(header, tensors)
}

/**
 * The weights that a checkpoint of `fit` was taken with: the model's parameters in their order, then those of its objectives.
 *
 * @throws Error unless the bytes are a checkpoint, all that were written.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { autoencoder, checkpointWeights, Trainer } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 8, bottleneck: 2 })
 * const trainer = new Trainer(model, key('train').normal([32, 8]), { epochs: 10, batchSize: 16 })
 * checkpointWeights(trainer.checkpoint()).length === model.parameters.length
 */
export const checkpointWeights = (bytes: Uint8Array): Tensor[] =>
  decodeCheckpoint(bytes).values.map(({ data, shape, dtype }) => tensor(data, { shape, dtype }))

/** @throws Error for tensors that are missing, too many, or not of their parameter's shape. */
function withTensors(header: Header, tensors: Readonly<Record<string, HostArray>>): Checkpoint {
  const { fingerprint, seed, names, momentNames, hasBest, hasAverages = false, state } = header
  const unread = new Set(Object.keys(tensors))
  const find = (name: string): HostArray => {
    if (!unread.delete(name)) throw new Error(`${operation}: expected a tensor '${name}', found none`)
    return tensors[name]
  }
  const values = names.map((name) => find(`parameter.${name}`))
  const group = (prefix: string): HostArray[] =>
    names.map((name, i) => {
      const found = find(`${prefix}.${name}`)
      expectLike(`'${prefix}.${name}'`, values[i], found)
      return found
    })
  const moments = momentNames.map((moment) => [moment, group(moment)] as const)
  const checkpoint = {
    fingerprint,
    seed,
    state: { ...state, best: hasBest ? group('best') : null },
    names,
    values,
    averages: hasAverages ? group('average') : null,
    momentNames,
    moments: names.map((_, i) => Object.fromEntries(moments.map(([moment, arrays]) => [moment, arrays[i]]))),
  }
  for (const name of unread) throw new Error(`${operation}: expected no tensor '${name}', found one`)
  return checkpoint
}

const formatArray = ({ dtype, shape }: Pick<HostArray, 'dtype' | 'shape'>): string =>
  `${dtype} ${formatShape(shape)}`

function expectLike(
  what: string,
  expected: Pick<HostArray, 'dtype' | 'shape'>,
  found: Pick<HostArray, 'dtype' | 'shape'>,
): void {
  const [wanted, got] = [formatArray(expected), formatArray(found)]
  if (wanted !== got) throw new Error(`${operation}: expected ${what} ${wanted}, found ${got}`)
}

/** @throws Error where the tensors of a checkpoint are not those of a run with these parameters, and this optimizer unless it begins anew. */
export function checkTensors(
  { names, values, momentNames, averages }: Checkpoint,
  parameters: readonly Parameter[],
  optimizer: Optimizer | null,
  isAveraged: boolean,
): void {
  expectSame('parameters', namesOf(parameters), names)
  parameters.forEach(({ value }, i) => void expectLike(`'parameter.${names[i]}'`, value, values[i]))
  if (optimizer !== null) expectSame('moments', [...optimizer.moments].sort(), [...momentNames].sort())
  expectSame('averages', isAveraged ? ['some'] : ['none'], averages ? ['some'] : ['none'])
}

function expectSame(what: string, expected: readonly string[], found: readonly string[]): void {
  if (expected.join() === found.join()) return
  throw new Error(
    `${operation}: expected the ${what} ${expected.join(', ') || 'none'}; found ${found.join(', ') || 'none'}`,
  )
}

/** @throws RangeError if the checkpoint is already past the end of this run, or of its epochs. */
export function checkPosition(
  epochs: number,
  { epoch, batch }: TrainingState,
  stepsPerEpoch = Number.POSITIVE_INFINITY,
): void {
  const at = `epoch ${epoch}, batch ${batch}`
  if (epoch + Math.sign(batch) > epochs) {
    throw new RangeError(`${operation}: expected a checkpoint within ${epochs} epochs, found one at ${at}`)
  }
  if (batch > stepsPerEpoch) {
    throw new RangeError(
      `${operation}: expected at most ${stepsPerEpoch} batches an epoch, found one at ${at}`,
    )
  }
}
