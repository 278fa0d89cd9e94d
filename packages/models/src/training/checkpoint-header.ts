import { describe } from '@facet/tensor/checks'
import {
  aFlag,
  aNumberField,
  aTextField,
  aWhole,
  fields,
  listOf,
  orNothing,
  type Reader,
  recordOf,
} from '../file/reading.ts'
import type { Fingerprint } from './fingerprint.ts'
import { bestEpochOf, type EpochRecord, type EpochSums } from './history.ts'
import type { TrainingState } from './state.ts'

/** 3: the file has a checksum. */
export const version = 3

/** 2: schedules and the numbers of the data are compared. */
export const oldVersion = 2

/** What the JSON entry of a checkpoint says. */
export interface Header {
  readonly version: number
  readonly fingerprint: Fingerprint
  readonly seed: number | string
  readonly state: Omit<TrainingState, 'best'>
  readonly names: readonly string[]
  readonly momentNames: readonly string[]
  readonly hasBest: boolean
  /** Absent for false, as in files from before there were any. */
  readonly hasAverages?: boolean | undefined
}

const aSeed: Reader<number | string> = (value, place) =>
  typeof value === 'number' ? value : aTextField(value, place)

const aRecord = fields<EpochRecord>({
  epoch: aWhole,
  train: recordOf(aNumberField),
  validation: orNothing(aNumberField) as Reader<number>,
})

const sums: Reader<EpochSums> = recordOf(
  fields<EpochSums[string]>({ sum: aNumberField, samples: aNumberField }),
)

const header = fields<Header>({
  version: aWhole,
  fingerprint: recordOf(aTextField),
  seed: aSeed,
  state: fields<Omit<TrainingState, 'best'>>({
    epoch: aWhole,
    batch: aWhole,
    sums,
    epochs: listOf(aRecord),
    momentsSince: orNothing(aWhole) as Reader<number>,
  }),
  names: listOf(aTextField),
  momentNames: listOf(aTextField),
  hasBest: aFlag,
  hasAverages: orNothing(aFlag),
})

/** @throws Error naming the field that is wrong, or contradicts others. */
export function readHeader(value: unknown, place: string): Header {
  checkVersion(value)
  const read = header(value, place)
  const { state, hasBest } = read
  const { epoch, epochs } = state
  const numbers = epochs.map((record) => record.epoch)
  if (epochs.length !== epoch || numbers.some((number, i) => number !== i)) {
    throw new RangeError(
      `${place}.state.epochs: expected the ${epoch} epochs from 0 in their order, found ${epochs.length}`,
    )
  }
  if (hasBest && bestEpochOf(epochs) === null) {
    throw new RangeError(`${place}.hasBest: expected a validation error in state.epochs, found none`)
  }
  return read
}

/** Before anything else is said of a file. */
function checkVersion(value: unknown): void {
  const found = Object(value).version as unknown
  if (found === version || found === oldVersion) return
  throw new Error(
    `fit: resume: expected a checkpoint of version ${oldVersion} or ${version}; found version ${describe(found)}`,
  )
}
