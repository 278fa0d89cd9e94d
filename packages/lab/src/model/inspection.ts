import type { GeneratorShape } from '@facet/geometry'
import type { EpochRecord } from '@facet/models'
import type { Shape } from '@facet/tensor'
import type { ModelConfig } from './model-schema.ts'

/** One layer, and how many of the numbers that it gives let something through for at least one row. */
export interface LayerFacts {
  /** Its place in the model file: `encoder.1`, and `encoder.1.0` inside a residual layer. */
  readonly name: string
  readonly kind: string
  /** In a word or two: `64(relu)`. */
  readonly text: string
  /** The shape of a sample. */
  readonly inputs: Shape
  readonly outputs: Shape
  readonly parameters: number
  /** `null` where no rows were seen. */
  readonly liveUnits: number | null
  /** What is inside a residual layer; its parameters are among those of the layer. */
  readonly layers?: readonly LayerFacts[]
}

export interface Spread {
  readonly smallest: number
  readonly median: number
  readonly largest: number
}

/** The affine maps A^D A^E of the regions of some rows (Eq. 7). */
export interface LocalFacts {
  readonly rows: number
  readonly rank: Spread
  /** How much a small change of the input is stretched at most. */
  readonly spectralNorm: Spread
}

/** What `facet inspect` shows of a file that holds a model and nothing of its data. */
export interface BareInspection {
  readonly path: string
  readonly parameters: number
  readonly layers: readonly LayerFacts[]
}

/** What `facet inspect` shows, and prints under `--json`. Errors are in the model's units. */
export interface Inspection extends BareInspection {
  readonly data: ModelConfig['data']
  readonly settings: ModelConfig['settings']
  readonly preparation: ModelConfig['preparation']
  readonly changes?: ModelConfig['changes']
  readonly endedAfterSteps?: ModelConfig['endedAfterSteps']
  /** The rows that units and regions were counted on: those trained on, or those of a file; `null` of a model file alone. */
  readonly seen: {
    readonly name: string
    readonly rows: number
    readonly error: number
    readonly regions: ModelConfig['result']['regions']
  } | null
  readonly local: LocalFacts | null
  readonly result: ModelConfig['result']
  /** By the name of their objective. */
  readonly generators: Readonly<Record<string, readonly GeneratorShape[]>>
  readonly log: readonly EpochRecord[]
}
