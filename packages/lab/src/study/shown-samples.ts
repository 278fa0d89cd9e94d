import { gather, type Tensor, tensor } from '@facet/tensor'
import { roundTogether } from '../text/round.ts'

/** Test samples shown with their reconstructions. */
const shownSamples = 6

/** Digits kept of the largest value of samples: finer than a picture shows. */
const sampleDigits = 4

/** Which of so many test samples are shown: evenly spread over the part, so that nobody picks them. */
export const shownRows = (count: number): number[] => {
  const shown = Math.min(shownSamples, count)
  return Array.from({ length: shown }, (_, i) => Math.floor(((i + 0.5) * count) / shown))
}

/** The shown rows of a part [n, d]. */
export const shownPart = (part: Tensor): Tensor =>
  gather(part, tensor(Int32Array.from(shownRows(part.shape[0]))))

/** Samples [n, d] as numbers of few digits. */
export const shownValues = (samples: Tensor): number[][] =>
  roundTogether(samples.toArray() as number[][], sampleDigits)
