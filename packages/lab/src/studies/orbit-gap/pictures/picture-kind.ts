import { modelColours } from '../../../report/palette.ts'
import { type GeneratorChoice, generatorTitles } from '../cases.ts'
import type { OrbitPicture } from '../picture.ts'

/** A model of one case as pictures show it. */
export interface ShownModel {
  readonly generators: GeneratorChoice
  readonly gapDistance: number
  readonly picture: OrbitPicture
}

/** In the order of the panels. */
export const modelTitles: Readonly<Record<GeneratorChoice, string>> = {
  none: 'plain AE',
  ...generatorTitles,
}

/** Colours of the report's palette, as far apart from each other as five of them can be. */
export const generatorColours: Readonly<Record<GeneratorChoice, string>> = {
  none: modelColours.ae,
  true: modelColours.lieGroupFirstOrder,
  skew: modelColours.higherOrderContractive,
  full: modelColours.denoising,
  wrong: modelColours.lieGroupSecondOrder,
}
