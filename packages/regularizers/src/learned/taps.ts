import { gather, pad, reshape, type Tensor } from '@facet/tensor'
import { constant, perBackend } from '../banks/constants.ts'
import type { SampleShape } from './sample-shape.ts'

/** Taps to either side of the middle: nine along a line, 5 × 5 in an image (docs/mathematics.md 6.5). */
const reach = { line: 4, image: 2 }

/** The places beside every place that a local operator may read. */
export interface Taps {
  readonly channels: number
  /** Places of a channel. */
  readonly area: number
  /** δ: distance of neighbouring taps in samples or pixels. */
  readonly delta: number
  /** Steps of δ from the middle to each tap, `[j]` along a line, `[across, down]` in an image; the reverse list is the mirror image. */
  readonly offsets: readonly (readonly number[])[]
  /** `(S_j x)(t) = x(t + j δ)` of every tap: x [N, channels·area] to [N·channels, taps, area]. */
  shifted(x: Tensor): Tensor
}

/** One for every 128 samples or pixels of a side, as the smoothing of `seriesBank` is. */
const spacing = (side: number): number => Math.max(1, Math.round(side / 128))

const steps = (far: number): number[] => Array.from({ length: 2 * far + 1 }, (_, i) => i - far)

/** Taps of samples of dimension d. Ends of a line are replicated, images are zero outside. */
export function tapsOf(shape: SampleShape, dimension: number): Taps {
  return shape === 'line'
    ? tapsOfLine(dimension)
    : tapsOfImage(shape.height, shape.width, shape.channels ?? 1)
}

function tapsOfLine(length: number): Taps {
  const delta = spacing(length)
  const offsets = steps(reach.line).map((j) => [j])
  const places = offsets.flatMap(([j]) =>
    Array.from({ length }, (_, t) => Math.min(Math.max(t + j * delta, 0), length - 1)),
  )
  return { channels: 1, area: length, delta, offsets, shifted: shifts(places, 1, length, offsets.length) }
}

function tapsOfImage(height: number, width: number, channels: number): Taps {
  const area = height * width
  const delta = spacing(Math.max(height, width))
  const offsets = steps(reach.image).flatMap((down) => steps(reach.image).map((across) => [across, down]))
  const places = offsets.flatMap(([across, down]) =>
    Array.from({ length: area }, (_, p) => {
      const [x, y] = [(p % width) + across * delta, Math.floor(p / width) + down * delta]
      return x >= 0 && x < width && y >= 0 && y < height ? y * width + x : area
    }),
  )
  return { channels, area, delta, offsets, shifted: shifts(places, channels, area, offsets.length) }
}

/** Reads planes at `places` [taps·area]; the place `area` is outside and 0. */
function shifts(
  places: readonly number[],
  channels: number,
  area: number,
  taps: number,
): (x: Tensor) => Tensor {
  const constants = perBackend(() => constant(places, [places.length], 'int32'))
  const readsOutside = places.includes(area)
  return (x) => {
    const planes = reshape(x, [x.shape[0] * channels, area])
    const framed = readsOutside
      ? pad(planes, [
          [0, 0],
          [0, 1],
        ])
      : planes
    return reshape(gather(framed, constants(), 1), [planes.shape[0], taps, area])
  }
}
