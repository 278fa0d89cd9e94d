import type { Activation } from '@facet/tensor'

/** Rows of a matrix, [out][in]. */
export type Matrix = readonly (readonly number[])[]
export type Image = readonly [channels: number, height: number, width: number]
export type Pair = readonly [number, number]

export interface PlainDense {
  readonly kind?: 'dense'
  readonly weight: Matrix
  readonly bias: readonly number[] | null
  readonly activation: Activation
}

/** A convolution [O][C][kh][kw], or a transposed one [C][O][kh][kw]. */
export interface PlainConv {
  readonly kind: 'conv' | 'convTranspose'
  readonly inputs: Image
  readonly weight: readonly (readonly Matrix[])[]
  readonly bias: readonly number[] | null
  readonly activation: Activation
  readonly stride: Pair
  readonly padding: Pair
}

export interface PlainPool {
  readonly kind: 'maxPool' | 'averagePool'
  readonly inputs: Image
  readonly size: Pair
  readonly stride: Pair
  readonly padding: Pair
}

export interface PlainUpsample {
  readonly kind: 'upsample'
  readonly inputs: Image
  readonly factor: Pair
}

export interface PlainMaxout {
  readonly kind: 'maxout'
  /** [out][pieces][in] */
  readonly weight: readonly Matrix[]
  readonly bias: Matrix | null
}

export interface PlainShift {
  readonly kind: 'shift'
  readonly by: readonly number[]
}

export interface PlainResidual {
  readonly kind: 'residual'
  readonly layers: readonly PlainLayer[]
  readonly skip: Matrix | null
}

/** A layer as plain numbers, for checks that share no code with the engine. */
export type PlainLayer =
  | PlainDense
  | PlainConv
  | PlainPool
  | PlainUpsample
  | PlainMaxout
  | PlainShift
  | PlainResidual

/** Rows and columns of windows. */
export function windowCounts(size: Pair, kernel: Pair, stride: Pair, padding: Pair): [number, number] {
  const along = (axis: 0 | 1) =>
    Math.floor((size[axis] + 2 * padding[axis] - kernel[axis]) / stride[axis]) + 1
  return [along(0), along(1)]
}

/** The shape of what comes out of a layer that reads an image. */
export function outputImage(layer: PlainConv | PlainPool | PlainUpsample): Image {
  const [channels, height, width] = layer.inputs
  if (layer.kind === 'upsample') return [channels, height * layer.factor[0], width * layer.factor[1]]
  if ('size' in layer)
    return [channels, ...windowCounts([height, width], layer.size, layer.stride, layer.padding)]
  if (layer.kind === 'conv') {
    const kernel: Pair = [layer.weight[0][0].length, layer.weight[0][0][0].length]
    return [layer.weight.length, ...windowCounts([height, width], kernel, layer.stride, layer.padding)]
  }
  const { stride, padding, weight } = layer
  const kernel = weight[0][0]
  return [
    weight[0].length,
    (height - 1) * stride[0] - 2 * padding[0] + kernel.length,
    (width - 1) * stride[1] - 2 * padding[1] + kernel[0].length,
  ]
}
