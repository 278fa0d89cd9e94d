import { useMemo } from 'preact/hooks'
import { linePath } from '../draw/line-path.ts'
import { useStore } from '../session/hooks.ts'
import { sightOf } from './surface-sight.ts'
import { useDrag } from './symmetry-hooks.ts'
import { Key } from './symmetry-key.tsx'
import type { SampleProps } from './symmetry-picture.tsx'
import { wordsOf } from './symmetry-plot.ts'
import { asSpace, extentAround, nearestTo, seenAt } from './symmetry-points.ts'

interface PointsProps extends SampleProps {
  readonly share: number
  readonly onDrag: (share: number) => void
  readonly onSample: (row: number) => void
}

/** Space is seen from nearer than on the surface: there is no room around the samples here. */
const CLOSER = 1.3

/** A point on its orbit, among the samples; points of space are seen from where the surface is. */
export function SymmetryPoints({
  facts,
  symmetry,
  sample,
  width,
  height,
  share,
  onDrag,
  onSample,
}: PointsProps) {
  const { azimuth, elevation } = useStore().state.view
  const d = facts.width
  const { rows, along } = symmetry
  const [path] = along.paths
  const extent = useMemo(
    () => extentAround(asSpace(facts.train, d), asSpace(path?.moved ?? new Float32Array(), d)),
    [facts, path],
  )
  const turn = d > 2 ? { azimuth, elevation } : null
  const sight = useMemo(
    () => sightOf(extent, turn, turn === null ? 1 : CLOSER, width, height),
    [extent, azimuth, elevation, width, height],
  )
  const samples = useMemo(() => seenAt(facts.train, d, sight), [facts, sight])
  const dots = useMemo(() => samples.map(([x, y]) => `M${x},${y}h0`).join(''), [samples])
  const [[moved], [made]] = [seenAt(rows[0].moved, d, sight), seenAt(rows[0].reconstructed, d, sight)]
  const pathOf = (points: Float32Array) => linePath(seenAt(points, d, sight))
  const drag = useDrag({
    share,
    onDrag,
    onTap: (x, y) => {
      const row = nearestTo(samples, x, y)
      if (row >= 0) onSample(row)
    },
  })
  return (
    <div class="symmetry-sample" {...drag}>
      <svg width={width} height={height} role="img" aria-label={wordsOf(symmetry, sample)}>
        <path class="samples" d={dots} />
        {path && <path class="made-path" d={pathOf(path.reconstructed)} />}
        {path && <path class="orbit" d={pathOf(path.moved)} />}
        <line class="residual" x1={moved[0]} y1={moved[1]} x2={made[0]} y2={made[1]} />
        <circle class="made" cx={made[0]} cy={made[1]} r={4.5} />
        <circle class="moved" cx={moved[0]} cy={moved[1]} r={5} />
      </svg>
      <Key names={['moved', 'made', 'residual']} />
    </div>
  )
}
