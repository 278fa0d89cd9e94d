import { bitsOf, wordsOf } from '@facet/tensor'
import type { RegionCode } from '../code.ts'

/** Units of one group in a row of packed states: planes of `words` words, one behind the other. */
export interface Planes {
  readonly units: number
  readonly from: number
  readonly words: number
  readonly bits: number
}

/** How the packed states of all groups lie side by side. */
export interface Layout {
  /** Words of a row. */
  readonly width: number
  /** Words of the groups of one bit a unit, which come first. */
  readonly single: number
  /** Every group, in the order of the codes. */
  readonly groups: readonly Planes[]
}

export function layoutOf(codes: readonly RegionCode[]): Layout {
  const groups = codes.flatMap(({ owner }) =>
    owner.groups.map(({ units, states }) => ({
      units,
      from: 0,
      words: wordsOf(units),
      bits: bitsOf(states),
    })),
  )
  let width = 0
  const place = (group: (typeof groups)[number]) => {
    group.from = width
    width += group.bits * group.words
  }
  for (const group of groups) if (group.bits === 1) place(group)
  const single = width
  for (const group of groups) if (group.bits > 1) place(group)
  return { width, single, groups }
}

/** The packed states of all groups of all samples: [N, width]. */
export function jointWords(codes: readonly RegionCode[], { width, groups }: Layout): Uint32Array {
  const { count } = codes[0]
  const joint = new Uint32Array(count * width)
  codes
    .flatMap(({ words }) => words)
    .forEach((words, g) => {
      const own = words.shape[1]
      const data = words.dataSync()
      const { from } = groups[g]
      for (let n = 0, i = 0; n < count; n++)
        for (let w = 0, at = n * width + from; w < own; w++, i++, at++) joint[at] = data[i]
    })
  return joint
}
