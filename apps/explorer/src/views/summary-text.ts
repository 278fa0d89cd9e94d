import type { Part } from '../state/state.ts'
import type { FrameFacts } from '../work/messages.ts'
import { counted, numberText, pointText } from './number-text.ts'

/** What the pictures show, for words. */
export interface Shown {
  readonly frame: Pick<FrameFacts, 'step' | 'input' | 'latent' | 'occupied' | 'wallDistance'>
  readonly part: Part
  /** Columns of the data. */
  readonly width: number
  /** The mean squared error on held-out samples at that step; `null` where it is not known. */
  readonly validation: number | null
}

const whose: Readonly<Record<Part, string>> = {
  encoder: 'of the encoder',
  decoder: 'of the decoder behind the encoder',
  whole: 'of the whole network',
}

/** One paragraph that says what the pictures show. */
export function summaryText({ frame, part, width, validation }: Shown): string {
  const { step, input, latent, occupied, wallDistance } = frame
  return [
    `Step ${step.toLocaleString('en-US')}.`,
    input && regionsText(input, part, occupied),
    wallDistance !== null && `Half of the samples lie within ${numberText(wallDistance)} of a wall.`,
    latent && `The latent plane shows ${counted(latent.regions, 'region')} of the decoder.`,
    errorsText(input?.worst ?? null, width, validation),
  ]
    .filter(Boolean)
    .join(' ')
}

function regionsText(
  { regions, complete }: NonNullable<FrameFacts['input']>,
  part: Part,
  occupied: number | null,
): string {
  const meet = `${complete ? '' : 'More than '}${counted(regions, 'region')} ${whose[part]} ${regions === 1 ? 'meets' : 'meet'} the window`
  if (occupied === null) return `${meet}.`
  const hold = `${occupied.toLocaleString('en-US')} of them ${occupied === 1 ? 'holds' : 'hold'} data`
  return `${meet}, ${hold}.`
}

type Worst = NonNullable<FrameFacts['input']>['worst']

function errorsText(worst: Worst, width: number, validation: number | null): string {
  const mean =
    validation === null || !Number.isFinite(validation)
      ? null
      : `the mean squared error on held-out samples is ${numberText(validation)}`
  // The picture's error is summed over columns, where the mean is taken of samples and columns.
  const largest =
    worst && `the largest in the window is ${numberText(worst.value / width)}, at ${placeText(worst)}`
  const text = [mean, largest].filter(Boolean).join('; ')
  return text === '' ? '' : `${text[0].toUpperCase()}${text.slice(1)}.`
}

const placeText = ({ at: [s, t] }: NonNullable<Worst>): string => pointText({ s, t })
