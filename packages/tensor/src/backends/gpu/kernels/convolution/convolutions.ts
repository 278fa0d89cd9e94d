import type { Pair } from '../../../../ops/convolution/params.ts'
import { sizeOf } from '../../../../shape.ts'
import { multiply } from '../contraction/multiply.ts'
import { type GpuKernelOf, type GpuOperand, reshaped, temporary } from '../kernel.ts'
import { reduceKernels } from '../reduction/reduce.ts'
import { alignedWindows, isPointwise, sumColumns, withColumns } from './columns.ts'
import { inBlocks } from './image-blocks.ts'

const areaOf = ({ shape }: GpuOperand): Pair => [shape[2], shape[3]]

/** The weight times the columns of every image. */
const conv2d: GpuKernelOf<'conv2d'> = (runner, [x, weight], [y], params) => {
  if (y.size === 0) return
  const { groups } = params
  const kernel = areaOf(weight)
  const counts = areaOf(y)
  const [m, n, k] = [y.shape[1] / groups, sizeOf(counts), weight.shape[1] * sizeOf(kernel)]
  inBlocks(runner, [x], y, groups * k * alignedWindows(counts), ([images], part) => {
    const lead = [images.shape[0], groups]
    withColumns(runner, images, counts, { ...params, kernel }, (columns) =>
      multiply(runner, {
        ...{ m, n, k, lead },
        a: reshaped(weight, [groups, m, k]),
        b: reshaped(columns, [...lead, k, columns.shape[2]]),
        to: [part.buffer.storage],
      }),
    )
  })
}

/** The columns are the transposed weight times every image. */
const convTranspose2d: GpuKernelOf<'convTranspose2d'> = (runner, [x, weight], [y], params) => {
  if (y.size === 0) return
  const { groups } = params
  const kernel = areaOf(weight)
  const counts = areaOf(x)
  const [m, n, k] = [weight.shape[1] * sizeOf(kernel), sizeOf(counts), x.shape[1] / groups]
  inBlocks(runner, [x], y, groups * m * n, ([images], part) => {
    const lead = [images.shape[0], groups]
    const sliding = { ...params, kernel }
    const columns = isPointwise(sliding) ? part : temporary(runner, [...lead, m, n])
    multiply(runner, {
      ...{ m, n, k, lead },
      a: reshaped(weight, [groups, k, m]),
      transposeA: true,
      b: reshaped(images, [...lead, k, n]),
      to: [columns.buffer.storage],
    })
    if (columns === part) return
    sumColumns(runner, columns, part, counts, sliding)
    runner.release(columns.buffer.storage)
  })
}

/** What every image gives, a product over its windows, and the sum of all. */
const convWeight2d: GpuKernelOf<'convWeight2d'> = (runner, [x, g], [y], params) => {
  if (y.size === 0) return
  const { groups, kernel } = params
  const counts = areaOf(g)
  const [m, n, k] = [g.shape[1] / groups, y.shape[1] * sizeOf(kernel), sizeOf(counts)]
  const each = temporary(runner, [x.shape[0], ...y.shape])
  inBlocks(runner, [x, g], each, groups * n * alignedWindows(counts), ([images, windows], part) => {
    const lead = [images.shape[0], groups]
    withColumns(runner, images, counts, params, (columns) =>
      multiply(runner, {
        ...{ m, n, k, lead },
        a: reshaped(windows, [...lead, m, k]),
        b: reshaped(columns, [...lead, n, columns.shape[2]]),
        transposeB: true,
        to: [part.buffer.storage],
      }),
    )
  })
  reduceKernels.sum(runner, [each], [y], { axes: [0], keepDims: false })
  runner.release(each.buffer.storage)
}

/** Kernels of convolutions: products with the columns that windows make of images. */
export const convolutions = { conv2d, convTranspose2d, convWeight2d }
