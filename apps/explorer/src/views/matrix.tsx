import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import './matrix.css'
import { cellAt, cellColour, largestOf, matrixPixels, sideOf } from './matrix-cells.ts'
import { numberText } from './number-text.ts'

/** Up to so many rows and columns their numbers are written out. */
const WRITTEN = 4

/** A matrix to be shown. */
export interface MatrixProps {
  /** `A` */
  readonly name: string
  /** Row after row. */
  readonly values: Float64Array<ArrayBuffer>
  readonly rows: number
  readonly columns: number
}

/** A small matrix picture: blue below 0, orange above, the stronger the larger; numbers are written in it, or told of the cell that is pointed at. */
export const Matrix = (props: MatrixProps) =>
  props.rows <= WRITTEN && props.columns <= WRITTEN ? (
    <WrittenMatrix {...props} />
  ) : (
    <DrawnMatrix {...props} />
  )

function WrittenMatrix({ name, values, rows, columns }: MatrixProps) {
  const largest = largestOf(values)
  return (
    <table class="matrix-written">
      <caption>{name}</caption>
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          <tr key={row}>
            {Array.from(values.subarray(row * columns, (row + 1) * columns), (value, column) => (
              <td key={column} style={{ backgroundColor: cellColour(value, largest) }}>
                {numberText(value, 2)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function DrawnMatrix({ name, values, rows, columns }: MatrixProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [cell, point] = useState<ReturnType<typeof cellAt> | null>(null)
  useLayoutEffect(() => {
    const pixels = new ImageData(matrixPixels(values), columns, rows)
    canvas.current!.getContext('2d')!.putImageData(pixels, 0, 0)
  }, [values, rows, columns])
  const largest = largestOf(values)
  return (
    <figure class="matrix-drawn">
      <figcaption>
        {name}, {rows} × {columns}
      </figcaption>
      <canvas
        ref={canvas}
        width={columns}
        height={rows}
        style={{ width: `${sideOf(columns)}px`, height: `${sideOf(rows)}px` }}
        role="img"
        aria-label={`${name}: ${rows} rows and ${columns} columns, numbers up to ${numberText(largest)} in size`}
        onPointerMove={({ offsetX, offsetY, currentTarget: { clientWidth, clientHeight } }) =>
          point(cellAt(offsetX / clientWidth, offsetY / clientHeight, rows, columns))
        }
        onPointerLeave={() => point(null)}
      />
      <p class="matrix-readout">
        {cell === null
          ? `up to ${numberText(largest)}`
          : `${columns > 1 ? `${cell.row + 1}, ${cell.column + 1}` : cell.row + 1}: ${numberText(values[cell.row * columns + cell.column])}`}
      </p>
    </figure>
  )
}
