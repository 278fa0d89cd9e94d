import { formatShape } from '@facet/tensor'
import type { Model } from '../model.ts'
import type { Moments } from './optimizer.ts'
import { deviceTensor, type HostArray, hostArray } from './state.ts'
import type { TrainedParameters } from './tied.ts'

/** Where an `OnlineTrainer` stands, beside the model's weights: what `encodeSafetensors` and metadata of a file can hold. */
export interface OnlineState {
  /** Steps done. */
  readonly step: number
  readonly seed: number | string
  /**
   * The optimizer's moments, `<moment>.<index of the parameter>.<its name>`, and what objectives train of their own,
   * `parameter.<index>.<name>`.
   */
  readonly tensors: Readonly<Record<string, HostArray>>
}

/** The parameters that are not the model's, by their places. */
function ownPlaces(model: Model, { distinct }: TrainedParameters): number[] {
  const ofModel = new Set(model.parameters.map(({ value }) => value))
  return distinct.flatMap(({ value }, i) => (ofModel.has(value) ? [] : [i]))
}

export function stateOf(
  model: Model,
  parameters: TrainedParameters,
  moments: readonly Moments[],
): OnlineState['tensors'] {
  const { distinct } = parameters
  const tensors: Record<string, HostArray> = {}
  for (const i of ownPlaces(model, parameters)) {
    tensors[`parameter.${i}.${distinct[i].name}`] = hostArray(distinct[i].value)
  }
  moments.forEach((record, i) => {
    for (const name in record) tensors[`${name}.${i}.${distinct[i].name}`] = hostArray(record[name])
  })
  return tensors
}

/**
 * Gives what objectives train of their own the numbers of a state.
 * @returns the moments
 * @throws Error, before anything has changed, for tensors that are missing, too many, or of another shape or dtype; and for a step that is no count.
 */
export function readState(
  { step, tensors }: OnlineState,
  model: Model,
  parameters: TrainedParameters,
  moments: readonly string[],
): Moments[] | undefined {
  if (!Number.isInteger(step) || step < 0)
    throw new RangeError(`OnlineTrainer: state: expected step as an integer of at least 0, got ${step}`)
  // A trainer that never began.
  if (step === 0 && Object.keys(tensors).length === 0) return undefined
  const { all, distinct, places } = parameters
  const unread = new Set(Object.keys(tensors))
  const find = (name: string, i: number): HostArray => {
    const found = unread.delete(name) ? tensors[name] : undefined
    const [wanted, got] = [formatArray(distinct[i].value), found === undefined ? 'none' : formatArray(found)]
    if (found !== undefined && wanted === got) return found
    throw new Error(`OnlineTrainer: state: expected a tensor '${name}' ${wanted}, found ${got}`)
  }
  const own = ownPlaces(model, parameters).map(
    (i) => [i, find(`parameter.${i}.${distinct[i].name}`, i)] as const,
  )
  const found = distinct.map(({ name }, i) => moments.map((moment) => find(`${moment}.${i}.${name}`, i)))
  for (const name of unread) throw new Error(`OnlineTrainer: state: expected no tensor '${name}', found one`)
  for (const [i, array] of own) {
    distinct[i].value.dispose()
    const value = deviceTensor(array)
    all.forEach((parameter, p) => void (places[p] === i && (parameter.value = value)))
  }
  return found.map((arrays) =>
    Object.fromEntries(arrays.map((array, m) => [moments[m], deviceTensor(array)])),
  )
}

const formatArray = ({ dtype, shape }: Pick<HostArray, 'dtype' | 'shape'>): string =>
  `${dtype} ${formatShape(shape)}`
