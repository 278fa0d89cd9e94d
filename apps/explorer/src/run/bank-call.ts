import type * as regularizers from '@facet/regularizers'
import { type Call, callsOf } from './calls.ts'
import type { DataFacts } from './data-facts.ts'

const call = callsOf<typeof regularizers>('@facet/regularizers')

/** What of the samples says which generators act on them. */
export type ActedOn = Pick<DataFacts, 'kind' | 'width' | 'image'>

/** Skew-symmetric matrices that turn the planes of two axes each. */
function rotations(width: number): number[][][] {
  const planes: [number, number][] = []
  for (let i = 0; i < width; i++) for (let j = i + 1; j < width; j++) planes.push([i, j])
  return planes.map(([i, j]) =>
    Array.from({ length: width }, (_, a) =>
      Array.from({ length: width }, (_, b) => (a === i && b === j ? -1 : a === j && b === i ? 1 : 0)),
    ),
  )
}

/** Rotations of more dimensions are too many to be of use. */
const MOST_TURNED = 3

/**
 * The generators that are known to act on the samples: rotations of points of the plane and of space, warps of series, affine and local warps of
 * images. @throws Error where none are known
 */
export function bankCall({ kind, width, image }: ActedOn): Call {
  if (kind === 'series') return call('seriesBank', { length: width, parts: 'WA' })
  if (image) return call('imageBank', { height: image.height, width: image.width, parts: 'a' })
  if (width <= MOST_TURNED && width > 1) return call('fixedBank', rotations(width), { priorScale: 0.3 })
  throw new Error(
    `expected points of 2 or 3 dimensions, series or images, whose generators are known; got rows of ${width} columns`,
  )
}
