import { checkPreparation, type Preparation } from '@facet/data'
import { calibrationFromFile, loadModelFile, type ModelFile } from '@facet/models'
import { parseJson } from '@facet/models/reading'
import type { ArrayData } from '@facet/tensor'
import { FIT, names, ONLINE, PREPARATION } from './file-names.ts'
import { type FitCard, readCard } from './fit-card.ts'
import type { FittedParts, Kept, StreamState } from './fitted-parts.ts'
import { KeptRows } from './kept-rows.ts'
import type { ModelSettings } from './settings.ts'

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
