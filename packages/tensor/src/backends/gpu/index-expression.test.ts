import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Shape, sizeOf, stridesOf } from '../../shape.ts'
import { broadcastSteps } from '../strides.ts'
import { indexExpression } from './index-expression.ts'

/** The value of GLSL of whole numbers ≥ 0 for one `i`. */
function valueOf(glsl: string, i: number): number {
  const whole = glsl.replaceAll(/i \/ (\d+)/g, 'Math.floor(i / $1)')
  // One zero, as whole numbers have.
  return (new Function('i', `return ${whole}`)(i) as number) + 0
}

/** Where element `i` lies, by counting along the axes. */
function placeOf(shape: Shape, strides: readonly number[], base: number, i: number): number {
  const own = stridesOf(shape)
  return strides.reduce((at, stride, axis) => at + (Math.floor(i / own[axis]) % shape[axis]) * stride, base)
}

const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 5 })

describe('an index in GLSL', () => {
  it('is where an element lies, whatever the strides', () => {
    fc.assert(
      fc.property(
        shapes,
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 5 }),
        fc.nat(50),
        (shape, any, base) => {
          const strides = any.slice(0, shape.length)
          const glsl = indexExpression(shape, strides, base)
          for (let i = 0; i < sizeOf(shape); i++)
            expect(valueOf(glsl, i)).toBe(placeOf(shape, strides, base, i))
        },
      ),
    )
  })

  it('does not divide where elements lie in order', () => {
    expect(indexExpression([3, 4, 5], [20, 5, 1])).toBe('(i)')
    expect(indexExpression([3, 4, 5], [20, 5, 1], 7)).toBe('7 + (i)')
    expect(indexExpression([], [])).toBe('0')
    expect(indexExpression([4, 5], broadcastSteps([5], [4, 5]))).toBe('((i) % 5)')
    expect(indexExpression([4, 5], broadcastSteps([4, 1], [4, 5]))).toBe('(i / 5)')
  })
})
