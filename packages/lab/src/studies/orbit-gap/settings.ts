import type { OrbitName } from './cases.ts'

/** Everything that the numbers of `facet orbit` depend on, beside the constants of {@link protocolOf}. */
export interface OrbitGapSettings {
  readonly cases: readonly OrbitName[]
  /** Number of seeds, from 0. */
  readonly seeds: number
  /** Training steps of every case; `null` for each its own. */
  readonly steps: number | null
}

/** The orbit with a gap (docs/mathematics.md 7.2): what all cases share. */
export const orbitProtocol = {
  hidden: 64,
  learningRate: 5e-3,
  generatorLearningRate: 3e-2,
  generatorScale: 0.3,
  pairs: 64,
} as const

/** What differs from case to case (docs/mathematics.md 7.2). */
export interface CaseProtocol {
  /** h, as many as the orbit has generators. */
  readonly bottleneck: number
  readonly steps: number
  /** Of the code box, on each side, in spans: where θ is drawn and where the decoder's image is measured. */
  readonly margin: number
  /** Largest |θ' − θ|, in spans. */
  readonly noise: number
  /** Latents of the decoder's image along each axis of the code box. */
  readonly latents: number
  /**
   * Steps by which the nearest latent is refined. 3000 latents in the plane are coarse: 55 × 55 of them overestimate the
   * distance by 6 % (plain) to 17 % (true generators), seed 0; 100 × 100 with 8 steps are within 0.1 % of the limit,
   * which 200 × 200 without are not (1.3 %).
   */
  readonly refine: number
}

const curve: CaseProtocol = {
  bottleneck: 1,
  steps: 2500,
  margin: 0.1,
  noise: 0.1,
  latents: 3000,
  refine: 0,
}

const caseProtocols: Readonly<Record<OrbitName, CaseProtocol>> = {
  rotation: curve,
  shift: curve,
  torus: { bottleneck: 2, steps: 2000, margin: 0.05, noise: 0.15, latents: 100, refine: 8 },
}

export const protocolOf = (name: OrbitName): typeof orbitProtocol & CaseProtocol => ({
  ...orbitProtocol,
  ...caseProtocols[name],
})
