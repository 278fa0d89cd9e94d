import { useMemo } from 'preact/hooks'
import { linePath } from '../draw/line-path.ts'
import { linearScale } from '../draw/scale.ts'
import { Key } from './symmetry-key.tsx'
import type { SampleProps } from './symmetry-picture.tsx'
import { wordsOf } from './symmetry-plot.ts'

/** Share of the height that the difference takes, and pixels around. */
const BELOW = 0.3
const EDGE = 4

/** A row of numbers as it is moved and as it is made again, over the columns; below it the difference in the same scale. */
export function SymmetrySeries({ facts, symmetry, sample, width, height }: SampleProps) {
  const extent = useMemo(() => largestOf(facts.train), [facts])
  const { moved, reconstructed } = symmetry.rows[0]
  const lower = BELOW * height
  const upper = height - lower
  const x = linearScale([0, Math.max(1, facts.width - 1)], [EDGE, width - EDGE])
  const y = linearScale([-extent, extent], [upper - EDGE, EDGE])
  // In the same scale, and as long as there is room.
  const below = upper + lower / 2
  const slope = (upper - 2 * EDGE) / (2 * extent)
  const residual = (i: number) =>
    below - Math.max(-lower / 2, Math.min(lower / 2, slope * (moved[i] - reconstructed[i])))
  const pathOf = (value: (i: number) => number) =>
    linePath(Array.from({ length: facts.width }, (_, i) => [x(i), value(i)] as const))
  const start = sample * facts.width
  return (
    <>
      <svg width={width} height={height} role="img" aria-label={wordsOf(symmetry, sample)}>
        <line class="rule" x1={EDGE} x2={width - EDGE} y1={below} y2={below} />
        <path class="still" d={pathOf((i) => y(facts.train[start + i] ?? 0))} />
        <path class="made-path" d={pathOf((i) => y(reconstructed[i]))} />
        <path class="moved-path" d={pathOf((i) => y(moved[i]))} />
        <path class="residual" d={pathOf(residual)} />
      </svg>
      <Key names={['moved', 'made', 'residual']} />
    </>
  )
}

function largestOf(values: Float32Array): number {
  let largest = 1e-9
  for (const value of values) largest = Math.max(largest, Math.abs(value))
  return largest
}
