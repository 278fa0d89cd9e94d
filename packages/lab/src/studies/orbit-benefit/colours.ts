import { modelColours, pageColour } from '../../report/palette.ts'
import type { StudyModelName } from './models.ts'

/** Colours of the study's models: those that `facet reproduce` has too keep theirs, the wrong generators stand back. */
export const studyColours: Readonly<Record<StudyModelName, string>> = {
  ae: modelColours.ae,
  lieGroupOrbit: modelColours.skipOrbit,
  lieGroupTangent: modelColours.lieGroupSecondOrder,
  permutedOrbit: pageColour('faint'),
  neighbourDifference: modelColours.higherOrderContractive,
  mixup: modelColours.lieGroupFirstOrder,
  denoising: modelColours.denoising,
  weightDecay: modelColours.skip,
  contractive: modelColours.contractive,
}
