import { decodeSafetensors, encodeSafetensors } from '@facet/tensor'
import type { Parameter } from '../parameter.ts'
import type { Fingerprint } from './fingerprint.ts'
import type { Moments } from './optimizer.ts'
import { type HostArray, hostArray, type TrainingState } from './state.ts'

/** A run as a checkpoint holds it: everything that training reads and that is not a pure function of the seed. */
export interface Checkpoint {
  readonly fingerprint: Fingerprint
  readonly seed: number | string
  readonly state: TrainingState
  readonly values: readonly HostArray[]
  readonly moments: readonly Readonly<Record<string, HostArray>>[]
  /** Of the parameters, where they are kept. */
  readonly averages: readonly HostArray[] | null
}

/** The metadata entry with everything but the tensors, as JSON. */
const entry = 'facet.training'
/** 2: schedules and the numbers of the data are compared. */
const version = 2

/** What the JSON entry says; tensors are named `<group>.<index of the parameter>.<its name>`. */
interface Header {
  readonly version: number
  readonly fingerprint: Fingerprint
  readonly seed: number | string
  readonly state: Omit<TrainingState, 'best'>
  readonly names: readonly string[]
  readonly momentNames: readonly string[]
  readonly hasBest: boolean
  /** Absent for false, as in files from before there were any. */
  readonly hasAverages?: boolean
}

/** A safetensors file. */
export function encodeCheckpoint(
  fingerprint: Fingerprint,
  seed: number | string,
  { best, ...state }: TrainingState,
  parameters: readonly Parameter[],
  moments: readonly Moments[],
  averages: readonly HostArray[] | null = null,
): Uint8Array {
  const names = parameters.map((parameter, i) => `${i}.${parameter.name}`)
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
  return encodeSafetensors(tensors, { [entry]: JSON.stringify(header, writeNumber) })
}

/** @throws Error unless the bytes are a checkpoint of `fit`. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes)
  const json = metadata[entry]
  if (json === undefined) {
    const found = Object.keys(metadata).join(', ') || 'no metadata'
    throw new Error(
      `fit: resume: expected a training checkpoint, with '${entry}' in its metadata; found ${found}`,
    )
  }
  const header = JSON.parse(json, readNumber) as Header
  if (header.version !== version) {
    throw new Error(
      `fit: resume: expected a checkpoint of version ${version}; found version ${header.version}`,
    )
  }
  const { fingerprint, seed, names, momentNames, hasBest, hasAverages, state } = header
  const group = (prefix: string): HostArray[] => names.map((name) => tensors[`${prefix}.${name}`])
  const moments = momentNames.map((moment) => [moment, group(moment)] as const)
  return {
    fingerprint,
    seed,
    state: { ...state, best: hasBest ? group('best') : null },
    values: group('parameter'),
    averages: hasAverages ? group('average') : null,
    moments: names.map((_, i) => Object.fromEntries(moments.map(([moment, arrays]) => [moment, arrays[i]]))),
  }
}

/** @throws RangeError if the checkpoint is already past the end of this run. */
export function checkPosition(epochs: number, { epoch, batch }: TrainingState): void {
  if (epoch + Math.sign(batch) <= epochs) return
  throw new RangeError(
    `fit: resume: expected a checkpoint within ${epochs} epochs, found one at epoch ${epoch}, batch ${batch}`,
  )
}

// JSON has no NaN, infinities or −0, and a history may hold them; every other double survives it bit for bit.
function writeNumber(_: string, value: unknown): unknown {
  if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value
  return { number: Object.is(value, -0) ? '-0' : String(value) }
}

function readNumber(_: string, value: unknown): unknown {
  const isCoded =
    typeof value === 'object' && value !== null && typeof (value as { number?: unknown }).number === 'string'
  return isCoded ? Number((value as { number: string }).number) : value
}
