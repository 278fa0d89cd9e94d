import { linearScale } from '../draw/scale.ts'
import type { SymmetryFacts } from '../work/messages.ts'
import { CurvesPanel } from './curves-panel.tsx'
import { errorScale, errorTicks, pathOf } from './curves-plot.ts'
import { errorSeries, reachOf, thetaText } from './symmetry-plot.ts'

/** Classes of the rows, which have their colours: what is chosen, the random one, the permuted one. */
export const rowClasses = ['chosen', 'random', 'permuted'] as const

const [TOP, SIDE, BELOW] = [6, 46, 18]

interface CurveProps {
  readonly symmetry: SymmetryFacts
  readonly theta: number
  readonly width: number
  readonly height: number
  readonly onTheta: (theta: number) => void
}

/** The error of reconstruction along the way of every movement; pressing on it goes to that θ. */
export function SymmetryCurve({ symmetry, theta, width, height, onTheta }: CurveProps) {
  const reach = reachOf(symmetry.along)
  const series = errorSeries(symmetry.along)
  const area = { left: SIDE, right: Math.max(SIDE + 20, width - 8), top: TOP, bottom: height - BELOW }
  const x = linearScale([-reach, reach], [area.left, area.right])
  const y = errorScale(series, area)
  const goUnder = ({ clientX, currentTarget }: PointerEvent & { readonly currentTarget: Element }) => {
    const at = x.invert(clientX - currentTarget.getBoundingClientRect().left)
    onTheta(Math.max(-reach, Math.min(reach, at)))
  }
  return (
    <svg
      class="symmetry-curve"
      width={width}
      height={height}
      role="img"
      aria-label={`Error along the way, from ${thetaText(-reach, reach)} to ${thetaText(reach, reach)}; the numbers at the shown place are in the table`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        goUnder(event)
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && goUnder(event)}
    >
      <CurvesPanel
        area={area}
        left={errorTicks(y)}
        lines={series.map((each, i) => ({ name: rowClasses[i], path: pathOf(each, x, y) })).reverse()}
      >
        {[-reach, 0, reach].map((at, i) => (
          <text key={at} x={x(at)} y={height - 4} text-anchor={['start', 'middle', 'end'][i]}>
            {thetaText(at, reach)}
          </text>
        ))}
        <line class="shown" x1={x(theta)} x2={x(theta)} y1={area.top} y2={area.bottom} />
      </CurvesPanel>
    </svg>
  )
}
