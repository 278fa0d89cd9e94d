import type { Activation } from '@facet/tensor'
import {
  type Image,
  type Matrix,
  outputImage,
  type Pair,
  type PlainConv,
  type PlainLayer,
  type PlainPool,
  windowCounts,
} from './plain-layers.ts'

/** What layers of every kind are made of: matrices, signs, windows and sums. */
export type PlainStep =
  | { readonly step: 'affine'; readonly weight: Matrix | null; readonly bias: readonly number[] | null }
  | { readonly step: 'sign'; readonly activation: Activation }
  /** For each unit the places that it takes the largest of, in order. */
  | { readonly step: 'largest'; readonly windows: Matrix }
  | { readonly step: 'sum'; readonly inner: readonly PlainStep[]; readonly skip: Matrix | null }

export const plainSteps = (layers: readonly PlainLayer[]): PlainStep[] => layers.flatMap(stepsOf)

function stepsOf(layer: PlainLayer): PlainStep[] {
  switch (layer.kind) {
    case undefined:
    case 'dense':
      return [{ step: 'affine', weight: layer.weight, bias: layer.bias }, ...signs(layer.activation)]
    case 'conv':
    case 'convTranspose':
      return [
        { step: 'affine', weight: convolutionMatrix(layer), bias: perChannel(layer) },
        ...signs(layer.activation),
      ]
    case 'maxPool':
      return [{ step: 'largest', windows: poolWindows(layer) }]
    case 'averagePool':
      return [{ step: 'affine', weight: averageMatrix(layer), bias: null }]
    case 'upsample':
      return [{ step: 'affine', weight: copyMatrix(layer.inputs, layer.factor), bias: null }]
    case 'maxout': {
      const pieces = layer.weight[0].length
      const windows = layer.weight.map((_, u) => Array.from({ length: pieces }, (_, k) => u * pieces + k))
      return [
        { step: 'affine', weight: layer.weight.flat(), bias: layer.bias?.flat() ?? null },
        { step: 'largest', windows },
      ]
    }
    case 'shift':
      return [{ step: 'affine', weight: null, bias: layer.by }]
    case 'residual':
      return [{ step: 'sum', inner: plainSteps(layer.layers), skip: layer.skip }]
  }
}

const signs = (activation: Activation): PlainStep[] =>
  activation.name === 'identity' ? [] : [{ step: 'sign', activation }]

const sizeOf = ([channels, height, width]: Image): number => channels * height * width

const zeros = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => new Array<number>(columns).fill(0))

const transposed = (matrix: Matrix): number[][] => matrix[0].map((_, i) => matrix.map((row) => row[i]))

function convolutionMatrix(layer: PlainConv): number[][] {
  const to = outputImage(layer)
  if (layer.kind === 'conv') return slidingMatrix(layer, layer.inputs, to)
  return transposed(slidingMatrix(layer, to, layer.inputs))
}

/** The matrix that leads from `wide` to `narrow`, one row for each place of the kernel. */
function slidingMatrix({ weight, stride, padding }: PlainConv, wide: Image, narrow: Image): number[][] {
  const matrix = zeros(sizeOf(narrow), sizeOf(wide))
  const [made, rows, columns] = narrow
  const [channels, height, width] = wide
  for (let o = 0; o < made; o++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++)
        for (let c = 0; c < channels; c++)
          weight[o][c].forEach((row, k) => {
            row.forEach((w, l) => {
              const [y, x] = [i * stride[0] - padding[0] + k, j * stride[1] - padding[1] + l]
              if (y < 0 || y >= height || x < 0 || x >= width) return
              matrix[(o * rows + i) * columns + j][(c * height + y) * width + x] += w
            })
          })
  return matrix
}

function perChannel(layer: PlainConv): number[] | null {
  const [, height, width] = outputImage(layer)
  return layer.bias?.flatMap((b) => new Array<number>(height * width).fill(b)) ?? null
}

/** For each window the places in it, row by row; places outside of the image are left out. */
function windowPlaces({ inputs, size, stride, padding }: PlainPool): (number | null)[][] {
  const [channels, height, width] = inputs
  const [rows, columns] = windowCounts([height, width], size, stride, padding)
  const windows: (number | null)[][] = []
  for (let c = 0; c < channels; c++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        const window: (number | null)[] = []
        for (let k = 0; k < size[0]; k++)
          for (let l = 0; l < size[1]; l++) {
            const [y, x] = [i * stride[0] - padding[0] + k, j * stride[1] - padding[1] + l]
            const isInside = y >= 0 && y < height && x >= 0 && x < width
            window.push(isInside ? (c * height + y) * width + x : null)
          }
        windows.push(window)
      }
  return windows
}

/** −1 where there is padding, so that places in a window keep their numbers. */
const poolWindows = (layer: PlainPool): Matrix =>
  windowPlaces(layer).map((window) => window.map((place) => place ?? -1))

function averageMatrix(layer: PlainPool): number[][] {
  const share = 1 / (layer.size[0] * layer.size[1])
  return windowPlaces(layer).map((window) => {
    const row = new Array<number>(sizeOf(layer.inputs)).fill(0)
    for (const place of window) if (place !== null) row[place] += share
    return row
  })
}

function copyMatrix([channels, height, width]: Image, factor: Pair): number[][] {
  const matrix: number[][] = []
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < height * factor[0]; y++)
      for (let x = 0; x < width * factor[1]; x++) {
        const row = new Array<number>(channels * height * width).fill(0)
        row[(c * height + Math.floor(y / factor[0])) * width + Math.floor(x / factor[1])] = 1
        matrix.push(row)
      }
  return matrix
}
