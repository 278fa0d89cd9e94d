import { type Shape, sum, type Tensor, tensor } from '@facet/tensor'
import { expect } from 'vitest'
import { grad } from '../grad.ts'

/** A float64 tensor. */
export const f64 = (values: Parameters<typeof tensor>[0], shape?: Shape): Tensor =>
  tensor(values, { dtype: 'float64', ...(shape && { shape }) })

/** Fixed numbers of mixed signs in (−1, 1), different for each `phase`. */
export const wave = (shape: Shape, phase = 1): Tensor => {
  const size = shape.reduce((n, length) => n * length, 1)
  return f64(
    Float64Array.from({ length: size }, (_, i) => Math.cos(phase + 1.7 * i)),
    shape,
  )
}

/** Same shape, same numbers to 1e-12. */
export function expectClose(got: Tensor, expected: Tensor, tolerance = 1e-12): void {
  expect(got.shape).toEqual(expected.shape)
  const want = expected.dataSync()
  got.dataSync().forEach((value, i) => {
    expect(Math.abs(value - want[i]), `entry ${i}: ${value}, expected ${want[i]}`).toBeLessThanOrEqual(
      tolerance,
    )
  })
}

/** The gradient of the sum of all outputs. */
export const slope = (f: (x: Tensor) => Tensor, x: Tensor) => grad((q: Tensor) => sum(f(q)))(x).toArray()
