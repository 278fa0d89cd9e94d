import type { DataFacts } from '../run/data-facts.ts'
import { inks, labelColours, type Scheme } from './inks.ts'

/** Samples that look alike. */
export interface SampleGroup {
  /** Their places among the samples of a picture. */
  readonly rows: Uint32Array
  readonly colour: string
  /** Of the validation part. */
  readonly isHollow: boolean
}

/** Samples of a picture by part and label, those of validation first, so that they lie under the others. Labels are known of training samples only. */
export function sampleGroups(
  samples: Float32Array,
  facts: Pick<DataFacts, 'train' | 'width' | 'labels'> | null,
  scheme: Scheme,
): SampleGroup[] {
  const count = samples.length / 2
  const training = facts ? Math.min(count, facts.train.length / facts.width) : count
  const { accent, faint } = inks[scheme]
  // One label for all tells nothing.
  const labels = facts?.labels?.some((label, _, all) => label !== all[0]) ? facts.labels : null
  const colours = labelColours[scheme]
  const groups = new Map<string, number[]>()
  for (let row = 0; row < training; row++) {
    const colour = labels === null ? accent : colours[labels[row] % colours.length]
    const rows = groups.get(colour)
    if (rows) rows.push(row)
    else groups.set(colour, [row])
  }
  const held = Uint32Array.from({ length: count - training }, (_, i) => training + i)
  return [
    ...(held.length === 0 ? [] : [{ rows: held, colour: labels === null ? accent : faint, isHollow: true }]),
    ...Array.from(groups, ([colour, rows]) => ({ rows: Uint32Array.from(rows), colour, isHollow: false })),
  ]
}
