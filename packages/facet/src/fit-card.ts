import type { MartingaleState, OnlinePValuesState } from '@facet/models'
import {
  aFlag,
  aNumberField,
  aTextField,
  aWhole,
  fields,
  listOf,
  oneOfTexts,
  orNull,
  type Reader,
} from '@facet/models/reading'
import type { FitReport } from './report.ts'
import type { ModelSettings } from './settings.ts'

/** What a file says of how its model was fitted, as JSON. */
export interface FitCard extends ModelSettings {
  readonly version: 1
  /** Errors above it are alarms; `null` where nothing was held out. For readers that know no more. */
  readonly threshold: number | null
  readonly report: FitReport | null
  /** Rows that were offered to those kept; `null` where none are kept. */
  readonly seen: { readonly trained: number; readonly heldOut: number } | null
  readonly stream: {
    readonly calls: number
    readonly step: number
    readonly seed: number | string
    readonly pValues: OnlinePValuesState | null
    readonly martingale: MartingaleState
    readonly referenceBytes: number
  } | null
}

const aSeed: Reader<number | string> = (value, place) =>
  typeof value === 'string' ? value : aNumberField(value, place)

const partErrors = fields({ train: aNumberField, validation: orNull(aNumberField) })

const report = fields<FitReport>({
  rows: aWhole,
  trained: aWhole,
  heldOut: aWhole,
  leftOut: aWhole,
  filled: aWhole,
  architecture: aTextField,
  parameters: aWhole,
  epochs: aWhole,
  bestEpoch: orNull(aWhole),
  endedBy: oneOfTexts(['epochs', 'patience', 'end', 'signal']),
  error: partErrors,
  mean: orNull(partErrors),
  pca: orNull(partErrors),
  unchanged: orNull(partErrors),
  alarms: orNull(
    fields({
      kind: oneOfTexts(['conformal', 'robust', 'none']),
      alpha: aNumberField,
      smallestP: aNumberField,
      threshold: aNumberField,
      calibrating: aWhole,
      fenced: aWhole,
    }),
  ),
})

const theCard = fields<FitCard>({
  version: (value, place) => {
    if (value === 1) return 1
    throw new Error(`${place}: expected 1, which this release reads, found ${String(value)}`)
  },
  alarms: aNumberField,
  seed: aSeed,
  validation: aNumberField,
  batchSize: aWhole,
  learningRate: aNumberField,
  memory: aWhole,
  pairs: aFlag,
  ownLoss: aFlag,
  threshold: orNull(aNumberField),
  report: orNull(report),
  seen: orNull(fields({ trained: aWhole, heldOut: aWhole })),
  stream: orNull(
    fields({
      calls: aWhole,
      step: aWhole,
      seed: aSeed,
      pValues: orNull(fields({ rows: aWhole, places: listOf(aWhole) })),
      martingale: fields({
        rows: aWhole,
        log10: aNumberField,
        highest: aNumberField,
        shares: listOf(aNumberField),
      }),
      referenceBytes: aWhole,
    }),
  ),
})

/** @throws TypeError or Error naming the field that is not as `save` writes it. */
export const readCard = (value: unknown): FitCard => theCard(value, 'load: facet.fit')
