import { keep, type Shape, type Tensor, type TypedArray, tensor } from '@facet/tensor'
import type { EpochRecord, EpochSums } from './history.ts'
import type { TrainedParameters } from './tied.ts'

/** The elements of a tensor outside every backend, as a file holds them. */
export interface HostArray {
  readonly dtype: Tensor['dtype']
  readonly shape: Shape
  readonly data: TypedArray
}

export const hostArray = (t: Tensor): HostArray => ({ dtype: t.dtype, shape: t.shape, data: t.dataSync() })

/** A tensor outside every scope. */
export const deviceTensor = ({ data, shape, dtype }: HostArray): Tensor =>
  keep(tensor(data, { shape, dtype }))

export const deviceTensors = (arrays: Readonly<Record<string, HostArray>>): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, deviceTensor(array)]))

/** Gives parameters other values, one for each distinct one. */
export function setValues({ all, distinct, places }: TrainedParameters, values: readonly HostArray[]): void {
  for (const { value } of all) value.dispose()
  const made = distinct.map((_, i) => deviceTensor(values[i]))
  all.forEach((parameter, i) => {
    parameter.value = made[places[i]]
  })
}

/** Where a run stands, beside parameters and moments: with those, all that a checkpoint holds. */
export interface TrainingState {
  /** Counts from 0; equals the number of epochs when training is complete. */
  epoch: number
  /** Batches of this epoch that are done. */
  batch: number
  sums: EpochSums
  readonly epochs: EpochRecord[]
  /** The step from which the optimizer's moments were gathered; absent for the first. */
  readonly momentsSince?: number
  /** Parameters after the epoch of lowest validation error, where they are to be restored. */
  best: readonly HostArray[] | null
}

export const initialState = (): TrainingState => ({ epoch: 0, batch: 0, sums: {}, epochs: [], best: null })
