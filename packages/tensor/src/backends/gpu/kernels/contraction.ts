import { type Shape, sizeOf } from '../../../shape.ts'
import { broadcastSteps } from '../../strides.ts'
import {
  blockedBody,
  type Epilogue,
  mergeBody,
  noEpilogue,
  type Product,
  plainBody,
} from '../glsl/product.ts'
import { indexExpression } from '../index-expression.ts'
import type { Runner } from '../runner.ts'
import type { GpuBuffer, TextureStorage } from '../texture-storage.ts'
import { type GpuKernelOf, type GpuOperand, reshaped, wholeOf } from './kernel.ts'
import type { LayoutKernels } from './layout.ts'

/** Products up to so many multiplications are done in one plain pass. */
const PLAIN_UP_TO = 16384

/** Sides of a product and where its results go. */
export interface ProductRun {
  readonly a: GpuOperand
  readonly b: GpuOperand
  readonly m: number
  readonly n: number
  readonly k: number
  readonly transposeA: boolean
  readonly transposeB: boolean
  readonly lead: Shape
  readonly to: readonly TextureStorage[]
  readonly epilogue: Epilogue
  /** What `epilogue` reads, called `e` in GLSL whatever else there is. */
  readonly extra: readonly GpuBuffer[]
}

export function contractionKernels(runner: Runner, layout: LayoutKernels) {
  /** Rows that begin with texels: as they are, or copied. */
  const aligned = (x: GpuOperand): GpuOperand =>
    x.shape[x.shape.length - 1] % 4 === 0 && x.buffer.offset % 4 === 0 ? x : layout.alignRows(x)

  const multiply = (given: ProductRun): void => {
    const { to, epilogue, extra, transposeA, transposeB, n, k } = given
    let { a, b, m, lead } = given
    if (to[0].size === 0) return
    // Many left sides against one right side are one product of more rows.
    if (!transposeA && b.size === k * n) {
      m = to[0].size / n
      lead = []
      a = reshaped(a, [m, k])
      b = reshaped(b, b.shape.slice(-2))
    }
    const matrixOf = ({ shape }: GpuOperand): string =>
      indexExpression(lead, broadcastSteps(shape.slice(0, -2), lead), 0, 'b')
    const rows = Math.min(m, runner.device.description.mostOutputs)
    const product: Product = {
      rows,
      m,
      n,
      k,
      transposeA,
      transposeB,
      matrixOfA: matrixOf(a),
      matrixOfB: matrixOf(b),
    }
    const key = `${m} ${n} ${k} ${transposeA} ${transposeB} ${product.matrixOfA}:${product.matrixOfB}`
    const batch = sizeOf(lead)
    if (batch * m * n * k <= PLAIN_UP_TO) {
      runner.run({
        key: `plain ${key} ${epilogue.key}`,
        inputs: [a.buffer, b.buffer, ...extra],
        outputs: to,
        body: () => plainBody(product, epilogue),
      })
      return
    }
    const [left, right] = [aligned(a), aligned(b)]
    // One row of whole texels is the result as it is to lie.
    const isDone = rows === 1 && n % 4 === 0 && epilogue === noEpilogue
    const size = 4 * batch * Math.ceil(m / rows) * Math.ceil(n / 4)
    const blocks = isDone ? [...to] : Array.from({ length: rows }, () => runner.storage('float32', size))
    runner.run({
      key: `blocked ${key}`,
      inputs: [left.buffer, right.buffer],
      outputs: blocks,
      body: () => blockedBody(product),
    })
    if (left !== a) runner.release(left.buffer.storage)
    if (right !== b) runner.release(right.buffer.storage)
    if (isDone) return
    runner.run({
      key: `merge ${m} ${n} ${rows} ${epilogue.key}`,
      inputs: [...blocks.map(wholeOf), ...extra],
      outputs: to,
      body: () => mergeBody(m, n, rows, epilogue),
    })
    for (const block of blocks) runner.release(block)
  }

  const matmul: GpuKernelOf<'matmul'> = ([a, b], [z], { transposeA, transposeB }) => {
    multiply({
      a,
      b,
      m: z.shape[z.shape.length - 2],
      n: z.shape[z.shape.length - 1],
      k: a.shape[a.shape.length - (transposeA ? 2 : 1)],
      transposeA,
      transposeB,
      lead: z.shape.slice(0, -2),
      to: [z.buffer.storage],
      epilogue: noEpilogue,
      extra: [],
    })
  }
  return { ops: { matmul }, multiply }
}

export type ContractionKernels = ReturnType<typeof contractionKernels>
