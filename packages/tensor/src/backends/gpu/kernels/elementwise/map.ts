import type { DType } from '../../../../dtype.ts'
import { type Shape, sameShape } from '../../../../shape.ts'
import { broadcastSteps } from '../../../strides.ts'
import { component, glslTypes, inputNames, type KernelBody, storedType } from '../../glsl/program.ts'
import { indexExpression } from '../../index-expression.ts'
import type { Runner } from '../../runner.ts'
import { packingOf } from '../../texture-layout.ts'
import { buffersOf, type GpuOperand } from '../kernel.ts'

/** Names of the operands in scalar expressions. */
const operandNames = 'xyz'

/** GLSL of one element of an output, of the elements `x`, `y`, `z` of its operands. */
export interface ScalarExpression {
  /** An expression that `stored(…)` takes. */
  readonly value: string
  /** Functions that `value` calls beside those of `glsl/functions`. */
  readonly functions?: string
}

/** A scalar expression of operands that are broadcast to `out`; an operand of the shape of `out` is read a texel at a time. */
export function mapBody(
  dtypes: readonly DType[],
  shapes: readonly Shape[],
  out: Shape,
  to: DType,
  { value, functions = '' }: ScalarExpression,
): KernelBody {
  const typed = dtypes.map((dtype, k) => `${glslTypes[dtype]} ${operandNames[k]}`).join(', ')
  const one = `${storedType(to)} one(${typed}) { return stored(${value}); }\n`
  const isAligned = shapes.map((shape) => sameShape(shape, out))
  const isFour = [...dtypes, to].every((dtype) => packingOf(dtype).perTexel === 4)
  const indices = shapes.map((shape, k) => {
    if (isAligned[k]) return ''
    return `int index_${inputNames[k]}(int i) { return ${indexExpression(out, broadcastSteps(shape, out))}; }\n`
  })
  const at = (k: number, i: string): string =>
    `at_${inputNames[k]}(${isAligned[k] ? i : `index_${inputNames[k]}(${i})`})`
  const declared = functions + indices.join('') + one
  if (!isFour) {
    const values = dtypes.map((_, k) => at(k, 'i')).join(', ')
    return {
      kind: 'element',
      source: `${declared}${storedType(to)} element(int i) { return one(${values}); }`,
    }
  }
  const loads = dtypes
    .map((_, k) => (isAligned[k] ? `  vec4 v${k} = four_${inputNames[k]}(i);\n` : ''))
    .join('')
  const parts = [...'xyzw'].map((part, c) => {
    const values = dtypes.map((dtype, k) =>
      isAligned[k] ? component(dtype, `v${k}.${part}`) : at(k, c === 0 ? 'i' : `i + ${c}`),
    )
    return `one(${values.join(', ')})`
  })
  return {
    kind: 'texel',
    source: `${declared}vec4 texel(int i) {\n${loads}  return vec4(${parts.join(', ')});\n}`,
  }
}

/**
 * Draws a scalar expression of broadcast operands.
 *
 * @param key tells the expression from all others
 */
export function map(
  runner: Runner,
  key: string,
  inputs: readonly GpuOperand[],
  output: GpuOperand,
  expression: ScalarExpression,
): void {
  // Where nothing is broadcast, shapes do not matter: one kernel serves all of one size.
  const shapes = inputs.map(({ shape }) => shape)
  const isPlain = shapes.every((shape) => sameShape(shape, output.shape))
  runner.run({
    key: isPlain ? key : `${key} ${output.shape}:${shapes.join(':')}`,
    inputs: buffersOf(inputs),
    outputs: [output.buffer.storage],
    body: () =>
      mapBody(
        inputs.map(({ dtype }) => dtype),
        shapes,
        output.shape,
        output.dtype,
        expression,
      ),
  })
}
