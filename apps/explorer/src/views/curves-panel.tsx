import type { ComponentChildren } from 'preact'
import type { Area, Tick } from './curves-plot.ts'

/** A path of a panel with the class that colours it. */
export interface PanelLine {
  readonly name: string
  readonly path: string
}

/** One panel: lines behind, numbers beside, curves in it. */
export function CurvesPanel(props: {
  readonly area: Area
  readonly left: readonly Tick[]
  readonly right?: readonly Tick[]
  readonly lines: readonly PanelLine[]
  readonly children?: ComponentChildren
}) {
  const { area, left, right = [], lines, children } = props
  return (
    <g>
      {left.map(({ at, text }) => (
        <g key={text}>
          <line class="rule" x1={area.left} x2={area.right} y1={at} y2={at} />
          <text x={area.left - 6} y={at} dy="0.32em" text-anchor="end">
            {text}
          </text>
        </g>
      ))}
      {right.map(({ at, text }) => (
        <text key={text} x={area.right + 6} y={at} dy="0.32em">
          {text}
        </text>
      ))}
      {lines.map(({ name, path }) => (
        <path key={name} class={`curve ${name}`} d={path} />
      ))}
      {children}
    </g>
  )
}
