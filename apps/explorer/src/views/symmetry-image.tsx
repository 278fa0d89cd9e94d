import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { SampleProps } from './symmetry-picture.tsx'
import { differencePixels, greyPixels } from './symmetry-pixels.ts'
import { wordsOf } from './symmetry-plot.ts'

/** Pixels of the words below an image. */
const CAPTION = 16

/** An image as it is moved, as it is made again, and the difference: blue below 0, orange above. */
export function SymmetryImage({ facts, symmetry, sample, height: room }: SampleProps) {
  const { height, width } = facts.image!
  const range = useMemo(() => rangeOf(facts.train), [facts])
  const { moved, reconstructed } = symmetry.rows[0]
  const pictures = {
    moved: greyPixels(moved, range),
    'made of it': greyPixels(reconstructed, range),
    residual: differencePixels(moved, reconstructed, range[1] - range[0]),
  }
  return (
    <div
      class="symmetry-images"
      role="img"
      aria-label={wordsOf(symmetry, sample)}
      style={{ maxWidth: `${3 * (room - CAPTION)}px` }}
    >
      {Object.entries(pictures).map(([name, pixels]) => (
        <figure key={name}>
          <Pixels pixels={pixels} width={width} height={height} />
          <figcaption>{name}</figcaption>
        </figure>
      ))}
    </div>
  )
}

interface PixelsProps {
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
  readonly width: number
  readonly height: number
}

function Pixels({ pixels, width, height }: PixelsProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    canvas.current!.getContext('2d')!.putImageData(new ImageData(pixels, width, height), 0, 0)
  }, [pixels])
  return <canvas ref={canvas} width={width} height={height} />
}

function rangeOf(values: Float32Array): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return low < high ? [low, high] : [low, low + 1]
}
