import { formatShape, reshape, type Shape, type Tensor } from '@facet/tensor'
import type { PerAxis } from './options.ts'
import type { Pair } from './pair.ts'
import type { Windows } from './windows.ts'

/** What looks at images [C, H, W], and at series [C, L] as images of one row. */
export interface ImageShape {
  readonly channels: number
  readonly size: Pair
  /** Whether there are rows at all. */
  readonly isSeries: boolean
}

/** @throws Error unless the shape is that of an image or a series. */
export function imageShape(layer: string, shape: Shape): ImageShape {
  if (shape.length === 3) return { channels: shape[0], size: [shape[1], shape[2]], isSeries: false }
  if (shape.length === 2) return { channels: shape[0], size: [1, shape[1]], isSeries: true }
  throw new Error(`${layer}: expected inputs [C, H, W], or [C, L] of a series, got ${formatShape(shape)}`)
}

/** The shape of a sample with other channels, rows and columns. */
export const shapeOf = ({ isSeries }: ImageShape, channels: number, [rows, columns]: Pair): Shape =>
  isSeries ? [channels, columns] : [channels, rows, columns]

/**
 * A setting for rows and columns: of a series one number, which rows leave at `neutral`.
 * @throws Error for another number of them than there are axes.
 */
export function pairOf(
  layer: string,
  option: string,
  { isSeries }: ImageShape,
  value: PerAxis,
  neutral: number,
): Pair {
  const axes = isSeries ? 1 : 2
  const values = typeof value === 'number' ? Array.from({ length: axes }, () => value) : value
  if (values.length !== axes)
    throw new Error(`${layer}: ${option}: expected one for each of ${axes} axes, got ${formatShape(values)}`)
  return isSeries ? [neutral, values[0]] : [values[0], values[1]]
}

/** Flat rows [M, C·H·W] as images [M, C, H, W]. */
export const asImages = (x: Tensor, channels: number, [rows, columns]: Pair): Tensor =>
  reshape(x, [x.shape[0], channels, rows, columns])

/** Images [M, C, H, W] as flat rows. */
export const asRows = (x: Tensor): Tensor => {
  const [count, channels, rows, columns] = x.shape
  return reshape(x, [count, channels * rows * columns])
}

/** `3`, or `3×5`: for texts. */
export const pairText = ({ isSeries }: ImageShape, [rows, columns]: Pair): string =>
  isSeries ? `${columns}` : `${rows}×${columns}`

/** Windows with settings for every axis or each. @throws Error for another number of them than there are axes. */
export const windowsOf = (
  layer: string,
  image: ImageShape,
  kernel: PerAxis,
  {
    stride,
    padding,
    dilation = 1,
  }: { readonly stride: PerAxis; readonly padding: PerAxis; readonly dilation?: PerAxis },
): Windows => ({
  kernel: pairOf(layer, 'kernel', image, kernel, 1),
  stride: pairOf(layer, 'stride', image, stride, 1),
  padding: pairOf(layer, 'padding', image, padding, 0),
  dilation: pairOf(layer, 'dilation', image, dilation, 1),
})
