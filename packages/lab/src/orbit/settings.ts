import type { OrbitName } from './cases.ts'

/** Everything that the numbers of `facet orbit` depend on, beside the constants of {@link orbitProtocol}. */
export interface OrbitSettings {
  readonly cases: readonly OrbitName[]
  /** Number of seeds, from 0. */
  readonly seeds: number
  readonly steps: number
}

export const orbitDefaults = { cases: ['rotation', 'shift'], seeds: 20, steps: 2500 } as const

/** The orbit with a gap (SPEC 5). */
export const orbitProtocol = {
  hidden: 64,
  learningRate: 5e-3,
  generatorLearningRate: 3e-2,
  generatorScale: 0.3,
  pairs: 64,
  /** Of the code box, on each side, in spans: where θ is drawn and where the decoder's image is measured. */
  margin: 0.1,
  /** Largest |θ' − θ|, in spans. */
  noise: 0.1,
  /** Points of the decoder's image. */
  latents: 3000,
} as const
