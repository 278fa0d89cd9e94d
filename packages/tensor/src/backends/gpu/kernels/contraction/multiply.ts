import { type Shape, sizeOf } from '../../../../shape.ts'
import { broadcastSteps } from '../../../strides.ts'
import { indexExpression } from '../../index-expression.ts'
import type { Runner } from '../../runner.ts'
import { type GpuBuffer, type TextureStorage, wholeOf } from '../../texture-storage.ts'
import { type GpuOperand, reshaped } from '../kernel.ts'
import { alignedRows } from './aligned-rows.ts'
import { blockedBody } from './blocked-product.ts'
import { type Epilogue, noEpilogue } from './epilogue.ts'
import { mergedRowsBody } from './merged-rows.ts'
import { plainBody } from './plain-product.ts'
import type { Product } from './product.ts'

/** Up to so many multiplications one plain pass is quicker than a blocked pass and the pass that puts its rows in order. */
const PLAIN_UP_TO = 16384

/** Sides of a product and where its results go. */
export interface Multiplication {
  /** Either side may have longer rows than the product takes. */
  readonly a: GpuOperand
  readonly b: GpuOperand
  readonly m: number
  readonly n: number
  readonly k: number
  /** Default false. */
  readonly transposeA?: boolean
  /** Default false. */
  readonly transposeB?: boolean
  /** The axes before the matrices of the result; none if left out. */
  readonly lead?: Shape
  /** The product and, of an epilogue that has states, these. */
  readonly to: readonly TextureStorage[]
  /** Default {@link noEpilogue}. */
  readonly epilogue?: Epilogue
  /** What the epilogue reads. */
  readonly extra?: readonly GpuBuffer[]
}

/** Draws `[lead, m, k] · [lead, k, n]`, where the lead axes of either side are broadcast. */
export function multiply(runner: Runner, given: Multiplication): void {
  const { to, n, k, epilogue = noEpilogue, extra = [], transposeA = false, transposeB = false } = given
  let { a, b, m, lead = [] } = given
  if (to[0].size === 0) return
  // Many left sides against one right side are one product of more rows.
  if (!transposeA && b.size === k * n) {
    m = to[0].size / n
    lead = []
    a = reshaped(a, [m, a.shape[a.shape.length - 1]])
    b = reshaped(b, b.shape.slice(-2))
  }
  const rows = Math.min(m, runner.device.description.mostOutputs)
  const matrixOfA = matrixIndex(a, lead)
  const matrixOfB = matrixIndex(b, lead)
  const [widthOfA, widthOfB] = [a.shape[a.shape.length - 1], b.shape[b.shape.length - 1]]
  const product: Product = { rows, m, n, k, transposeA, transposeB, matrixOfA, matrixOfB, widthOfA, widthOfB }
  const key = `${m} ${n} ${k} ${transposeA} ${transposeB} ${matrixOfA}:${matrixOfB} ${widthOfA} ${widthOfB}`
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
  // One row of whole texels needs no pass that puts rows in order.
  const isDone = rows === 1 && n % 4 === 0 && epilogue === noEpilogue
  const size = 4 * batch * Math.ceil(m / rows) * Math.ceil(n / 4)
  const blocks = isDone ? to : Array.from({ length: rows }, () => runner.storage('float32', size))
  drawBlocks(runner, `blocked ${key}`, a, b, blocks, product)
  if (isDone) return
  runner.run({
    key: `merge ${m} ${n} ${rows} ${epilogue.key}`,
    inputs: [...blocks.map(wholeOf), ...extra],
    outputs: to,
    body: () => mergedRowsBody(m, n, rows, epilogue),
  })
  for (const block of blocks) runner.release(block)
}

/** GLSL of the matrix of a side that batch `b` of the result takes. */
const matrixIndex = ({ shape }: GpuOperand, lead: Shape): string =>
  indexExpression(lead, broadcastSteps(shape.slice(0, -2), lead), 0, 'b')

/** Draws the rows of a blocked product, one output each. */
function drawBlocks(
  runner: Runner,
  key: string,
  a: GpuOperand,
  b: GpuOperand,
  outputs: readonly TextureStorage[],
  product: Product,
): void {
  const left = alignedRows(runner, a)
  const right = alignedRows(runner, b)
  runner.run({
    key,
    inputs: [left.buffer, right.buffer],
    outputs,
    body: () => blockedBody(product),
  })
  if (left !== a) runner.release(left.buffer.storage)
  if (right !== b) runner.release(right.buffer.storage)
}
