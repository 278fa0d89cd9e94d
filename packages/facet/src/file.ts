import { checkPreparation, type Preparation } from '@facet/data'
import {
  alarmRule,
  calibrationFromFile,
  calibrationToFile,
  loadModelFile,
  type ModelExtras,
  type ModelFile,
  saveModel,
} from '@facet/models'
import { parseJson, writeNumber } from '@facet/models/reading'
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
import { type FitCard, readCard } from './fit-card.ts'
import type { FittedParts, Kept, Reference, StreamState } from './fitted-parts.ts'
import { KeptRows } from './kept-rows.ts'
import type { ModelSettings } from './settings.ts'
import type { StoreName } from './stores/index.ts'

/** Metadata of a file: what happens to rows before the model sees them, as files of `facet train` have it, and how the model was fitted. */
const PREPARATION = 'facet.preparation'
const FIT = 'facet.fit'

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

/** Names of tensors in a file. */
const names = { trained: `${FIT}.trained`, heldOut: `${FIT}.heldOut`, reference: `${FIT}.reference` } as const
const ONLINE = `${FIT}.online.`

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

/** Rows as they are: of a file that says nothing of them. */
const asTheyAre = (width: number): Preparation => ({
  columns: null,
  width,
  missing: { rule: 'refuse' },
  lengths: { rule: 'refuse' },
  window: null,
  normaliser: { kind: 'none' },
})

/** A fitted model from the bytes of a file. @throws Error naming what is wrong: anybody may have written it. */
export function loadFitted(bytes: Uint8Array): FittedParts {
  const file = loadModelFile(bytes)
  try {
    return partsIn(file)
  } catch (error) {
    file.model.dispose()
    throw error
  }
}

function partsIn({ model, metadata, tensors }: ModelFile): FittedParts {
  const preparation = preparationIn(metadata, model.input)
  const calibration = calibrationFromFile({ metadata, tensors })
  const card = Object.hasOwn(metadata, FIT) ? readCard(parseJson(metadata[FIT], `load: ${FIT}`)) : null
  if (card === null) {
    return {
      model,
      preparation,
      calibration,
      settings: unsaid,
      report: null,
      kept: emptyKept(model.input, 0),
      stream: null,
    }
  }
  const { version: _, threshold: __, report, seen, stream, ...settings } = card
  const width = settings.pairs ? 2 * model.input : model.input
  const kept = seen === null ? emptyKept(width, 0) : keptIn(tensors, width, settings.memory, seen)
  return {
    model,
    preparation,
    calibration,
    settings,
    report,
    kept,
    stream: stream && streamIn(stream, tensors),
  }
}

/** What a file says of streams that was written by others. */
const unsaid: ModelSettings = {
  alarms: 0.01,
  seed: 0,
  validation: 0.2,
  batchSize: 16,
  learningRate: 1e-3,
  memory: 0,
  pairs: false,
  ownLoss: false,
}

function preparationIn(metadata: ModelFile['metadata'], input: number): Preparation {
  if (!Object.hasOwn(metadata, PREPARATION)) return asTheyAre(input)
  const preparation = checkPreparation(parseJson(metadata[PREPARATION], `load: ${PREPARATION}`))
  const { window, lengths, width } = preparation
  if (window !== null || lengths.rule !== 'refuse') {
    const what = window === null ? 'of series of several lengths' : `of windows of ${window.length} rows`
    throw new Error(`load: expected a model of rows, got one ${what}: \`facet score\` takes it`)
  }
  if (width === input) return preparation
  throw new Error(`load: ${PREPARATION}: expected ${input} columns, the inputs of the model, found ${width}`)
}

const emptyKept = (width: number, memory: number): Kept => ({
  trained: new KeptRows(width, memory),
  heldOut: new KeptRows(width, memory),
})

function keptIn(
  tensors: ModelFile['tensors'],
  width: number,
  memory: number,
  seen: NonNullable<FitCard['seen']>,
): Kept {
  const kept = (name: keyof Kept): KeptRows => {
    const { dtype, shape, data } = tensorIn(tensors, names[name])
    const most = Math.min(memory, seen[name])
    if (dtype !== 'float32' || shape.length !== 2 || shape[1] !== width || shape[0] !== most)
      throw new Error(
        `load: '${names[name]}': expected float32 [${most}, ${width}], found ${dtype} [${shape.join(', ')}]`,
      )
    return KeptRows.of(data as Float32Array, width, memory, seen[name])
  }
  return { trained: kept('trained'), heldOut: kept('heldOut') }
}

function tensorIn(tensors: ModelFile['tensors'], name: string): ArrayData {
  if (Object.hasOwn(tensors, name)) return tensors[name]
  throw new Error(`load: expected a tensor '${name}', found none`)
}

function streamIn(card: NonNullable<FitCard['stream']>, tensors: ModelFile['tensors']): StreamState {
  const { data } = tensorIn(tensors, names.reference)
  const inside = new Uint8Array((data as Uint32Array).slice().buffer).subarray(0, card.referenceBytes)
  const file = loadModelFile(inside)
  const online = Object.entries(tensors).filter(([name]) => name.startsWith(ONLINE))
  return {
    calls: card.calls,
    online: {
      step: card.step,
      seed: card.seed,
      tensors: Object.fromEntries(online.map(([name, array]) => [name.slice(ONLINE.length), array])),
    },
    pValues: card.pValues,
    martingale: card.martingale,
    reference: { model: file.model, calibration: calibrationFromFile(file) },
  }
}
