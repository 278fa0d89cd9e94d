import type { GridSettings } from '../../study/grid.ts'

/** The networks that the study can train: with a linear skip beside each part, or without. */
export const netNames = ['skip', 'plain'] as const
export type NetName = (typeof netNames)[number]

/** Everything that the numbers of `facet reproduce --study orbit-benefit` depend on, beside the constants below. All models of a run have the same validation part, first weights and order of batches. */
export interface OrbitBenefitSettings extends GridSettings {
  readonly net: NetName
  /** Training steps, rounded to whole epochs. */
  readonly steps: number
  /** Width w of the hidden layers, d-w-w-h and h-w-w-d. */
  readonly hidden: number
  readonly bottleneck: number
  readonly learningRate: number
  /** Samples a step; the whole training part where that is smaller. */
  readonly batchSize: number
  /** Parts of the bank of generators for series: W time warp, A amplitude, T trend. */
  readonly parts: string
  /** Test samples to keep at most, drawn by seed; `samples` are of the training part alone. */
  readonly testSamples: number
}

/** What no flag changes. */
export const protocol = {
  validationShare: 0.25,
  neighbours: 3,
  /** λ of models of which not it but another option is what is tuned. */
  weight: 3,
  /** Scale of the orbit samples that pictures show. */
  shownScale: 1.5,
  /** Scales of the small warps that no model has seen, by which the test part is moved. */
  warpScales: [0.5, 1],
  /** Samples, originals and those on their orbits, that PCA on orbit data is fitted to, where originals are fewer than half. */
  pcaSamples: 600,
} as const
