import { alarmRule, calibrationToFile, type ModelExtras, saveModel } from '@facet/models'
import { writeNumber } from '@facet/models/reading'
import type { ArrayData } from '@facet/tensor'
import {
  aBoolean,
  anything,
  aText,
  type OptionsOf,
  optional,
  optionTable,
  withDefault,
} from '@facet/tensor/checks'
import { FIT, names, ONLINE, PREPARATION } from './file-names.ts'
import type { FitCard } from './fit-card.ts'
import type { FittedParts, Kept, Reference, StreamState } from './fitted-parts.ts'
import type { StoreName } from './stores/index.ts'

const saveOptions = optionTable('save', {
  /** Where the browser keeps it as well: `indexeddb`, `opfs` or `localstorage`. Default: nowhere. */
  to: optional(anything<StoreName>()),
  /** Under what name. Default `model`. */
  name: withDefault(aText, 'model'),
  /** Whether kept rows go with it, and what a stream has behind it. Default true. */
  rows: withDefault(aBoolean, true),
})

/** What `save` may be told. */
export type SaveOptions = OptionsOf<typeof saveOptions>

/** The bytes of a model's file, put into a store of the browser where that is asked for. */
export async function saveFitted(parts: FittedParts, options: SaveOptions): Promise<Uint8Array> {
  const { to, name, rows } = saveOptions.resolve(options)
  const bytes = await bytesOf(parts, rows)
  if (to !== undefined) await (await import('./stores/index.ts')).write(to, name, bytes)
  return bytes
}

async function bytesOf(parts: FittedParts, withRows: boolean): Promise<Uint8Array> {
  const { model, preparation, calibration, settings, report, kept } = parts
  const stream = withRows ? parts.stream : null
  const reference = stream && (await referenceBytes(stream.reference))
  const card: FitCard = {
    version: 1,
    ...settings,
    ...(!withRows && { memory: 0 }),
    threshold: calibration === null ? null : alarmRule(calibration, settings.alarms).threshold,
    report,
    seen: withRows ? { trained: kept.trained.seen, heldOut: kept.heldOut.seen } : null,
    stream: stream && {
      calls: stream.calls,
      step: stream.online.step,
      seed: stream.online.seed,
      pValues: stream.pValues,
      martingale: stream.martingale,
      referenceBytes: reference!.length,
    },
  }
  const calibrated = calibration === null ? { metadata: {}, tensors: {} } : calibrationToFile(calibration)
  const extras: ModelExtras = {
    metadata: {
      [PREPARATION]: JSON.stringify(preparation),
      [FIT]: JSON.stringify(card, writeNumber),
      ...calibrated.metadata,
    },
    tensors: {
      ...calibrated.tensors,
      ...(withRows && rowTensors(kept)),
      ...(stream && streamTensors(stream, reference!)),
    },
  }
  return saveModel(model, extras)
}

const rowTensors = (kept: Kept): Record<string, ArrayData> =>
  Object.fromEntries(
    (['trained', 'heldOut'] as const).map((name) => {
      const { count, width, values } = kept[name]
      return [names[name], { dtype: 'float32', shape: [count, width], data: values.slice() }]
    }),
  )

/** The model of `fit`, with what its errors on rows held out were. */
const referenceBytes = ({ model, calibration }: Reference): Promise<Uint8Array> =>
  saveModel(model, calibration === null ? {} : calibrationToFile(calibration))

function streamTensors({ online }: StreamState, reference: Uint8Array): Record<string, ArrayData> {
  // A file within a file, as whole words.
  const words = new Uint32Array(Math.ceil(reference.length / 4))
  new Uint8Array(words.buffer).set(reference)
  return {
    [names.reference]: { dtype: 'uint32', shape: [words.length], data: words },
    ...Object.fromEntries(Object.entries(online.tensors).map(([name, array]) => [ONLINE + name, array])),
  }
}
