import type { ActivationName } from '@facet/tensor'
import type { GridSettings } from '../../study/grid.ts'

/** Everything that the numbers of `facet reproduce` depend on. */
export interface ReproduceSettings extends GridSettings {
  readonly epochs: number
  /** Width w of the hidden layers, d-w-w-h and h-w-w-w-d. */
  readonly hidden: number
  readonly bottleneck: number
  readonly bottleneckActivation: ActivationName
  readonly learningRate: number
  readonly batchSize: number
  /** Longest samples that a model of the second order is trained on; `null` for any. */
  readonly secondOrderUpTo: number | null
  /** A family of generators, or the rule `byLength`. */
  readonly generators: string
}

/** Share of the training part that is held out for validation (docs/mathematics.md 7.1). */
export const validationShare = 0.2
