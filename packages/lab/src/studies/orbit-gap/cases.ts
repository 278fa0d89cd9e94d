import { modelColour } from '../../objectives.ts'

/** Orbits that the experiment knows. */
export const orbitNames = ['rotation', 'shift', 'torus'] as const
export type OrbitName = (typeof orbitNames)[number]

/** Which generators the regularizer has: none (the plain autoencoder), known ones, or learned ones of a family. */
export const generatorChoices = ['none', 'true', 'wrong', 'skew', 'full'] as const
export type GeneratorChoice = (typeof generatorChoices)[number]

/** One row of the table: an orbit, generators and the weight λ of the first-order regularizer. */
export interface OrbitCase {
  readonly orbit: OrbitName
  readonly generators: Exclude<GeneratorChoice, 'none'>
  readonly weight: number
  /**
   * Ratio to the plain autoencoder that an independent PyTorch implementation found: the median over 20 seeds; for the
   * torus, of which it tells distances alone, their ratio.
   */
  readonly pytorchRatio: number
}

export const orbitCases: readonly OrbitCase[] = [
  { orbit: 'rotation', generators: 'true', weight: 0.1, pytorchRatio: 0.14 },
  { orbit: 'rotation', generators: 'skew', weight: 0.3, pytorchRatio: 0.11 },
  { orbit: 'rotation', generators: 'full', weight: 0.3, pytorchRatio: 0.31 },
  { orbit: 'rotation', generators: 'wrong', weight: 0.3, pytorchRatio: 6.0 },
  { orbit: 'shift', generators: 'true', weight: 0.1, pytorchRatio: 0.23 },
  { orbit: 'shift', generators: 'skew', weight: 0.1, pytorchRatio: 0.32 },
  { orbit: 'shift', generators: 'full', weight: 0.1, pytorchRatio: 0.96 },
  { orbit: 'torus', generators: 'true', weight: 0.1, pytorchRatio: 0.04 / 0.08 },
  { orbit: 'torus', generators: 'skew', weight: 0.1, pytorchRatio: 0.039 / 0.08 },
  { orbit: 'torus', generators: 'full', weight: 0.1, pytorchRatio: 0.059 / 0.08 },
]

const kind = (title: string, words: string, colour: string, isLearned = false) => ({
  title,
  words,
  colour,
  isLearned,
})

/** What the choices are called, and the colours of their models: of the report's palette, as far apart as five can be. */
export const generatorKinds: Readonly<Record<GeneratorChoice, ReturnType<typeof kind>>> = {
  none: kind('plain AE', 'no generators', modelColour('ae')),
  true: kind('true, fixed', 'true generators', modelColour('lieGroupFirstOrder')),
  skew: kind(
    'skew, learned',
    'learned skew-symmetric generators',
    modelColour('higherOrderContractive'),
    true,
  ),
  full: kind('full, learned', 'learned free generators', modelColour('denoising'), true),
  wrong: kind('wrong skew, fixed', 'wrong generators', modelColour('lieGroupSecondOrder')),
}
