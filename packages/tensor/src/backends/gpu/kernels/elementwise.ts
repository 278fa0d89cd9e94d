import type { DType } from '../../../dtype.ts'
import { type Shape, sameShape } from '../../../shape.ts'
import { broadcastSteps } from '../../strides.ts'
import { component, glslTypes, inputNames, type KernelBody, storedType } from '../glsl/program.ts'
import { binaryScalars, type Expression, expressionOf, unaryScalars } from '../glsl/scalars.ts'
import { indexExpression } from '../index-expression.ts'
import type { Runner } from '../runner.ts'
import { packingOf } from '../texture-layout.ts'
import { buffersOf, type GpuKernelOf, type GpuOperand } from './kernel.ts'

/** Names of the operands in scalar expressions. */
const letters = 'xyz'

/** A scalar expression of broadcast operands; whole texels at a time where all of them lie alike. */
export function mapBody(
  dtypes: readonly DType[],
  shapes: readonly Shape[],
  out: Shape,
  to: DType,
  f: string,
): KernelBody {
  const typed = dtypes.map((dtype, k) => `${glslTypes[dtype]} ${letters[k]}`).join(', ')
  const one = `${storedType(to)} one(${typed}) { return stored(${f}); }\n`
  const isAligned = shapes.map((shape) => sameShape(shape, out))
  const isFour = [...dtypes, to].every((dtype) => packingOf(dtype).perTexel === 4)
  const indices = shapes.map((shape, k) => {
    if (isAligned[k]) return ''
    return `int index_${inputNames[k]}(int i) { return ${indexExpression(out, broadcastSteps(shape, out))}; }\n`
  })
  const at = (k: number, i: string): string =>
    `at_${inputNames[k]}(${isAligned[k] ? i : `index_${inputNames[k]}(${i})`})`
  const functions = indices.join('') + one
  if (!isFour) {
    const values = dtypes.map((_, k) => at(k, 'i')).join(', ')
    return {
      kind: 'element',
      source: `${functions}${storedType(to)} element(int i) { return one(${values}); }`,
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
    source: `${functions}vec4 texel(int i) {\n${loads}  return vec4(${parts.join(', ')});\n}`,
  }
}

/** JavaScript's conversions: towards integers truncated and modulo 2³², towards bool `x ≠ 0`. */
export function castExpression(from: DType, to: DType): string {
  if (to === 'bool') return from === 'float32' ? 'x != 0.0' : `${glslTypes[from]}(0) != x`
  if (to === 'float32') return from === 'float32' ? 'x' : 'float(x)'
  return from === 'float32' ? 'wrapped(x)' : 'uint(x)'
}

export function elementwiseKernels(runner: Runner) {
  /** `key` tells the expression from others. */
  const map = (key: string, inputs: readonly GpuOperand[], output: GpuOperand, f: () => string): void => {
    // Tensors of one shape are the same kernel whatever it is.
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
          f(),
        ),
    })
  }
  const scalar =
    (name: string, expression: Expression): GpuKernelOf<'add'> =>
    (inputs, [output]) =>
      map(name, inputs, output, () => expressionOf(expression, inputs[0].dtype === 'float32'))

  const table = <N extends string>(scalars: Readonly<Record<N, Expression>>) =>
    Object.fromEntries(
      Object.entries<Expression>(scalars).map(([name, f]) => [name, scalar(name, f)]),
    ) as Record<N, GpuKernelOf<'add'>>

  const cast: GpuKernelOf<'cast'> = (inputs, [y], { dtype }) =>
    map('cast', inputs, y, () => castExpression(inputs[0].dtype, dtype))

  const where: GpuKernelOf<'where'> = (inputs, [z]) => map('where', inputs, z, () => 'x != 0 ? y : z')

  const broadcastTo: GpuKernelOf<'broadcastTo'> = (inputs, [y]) => map('broadcastTo', inputs, y, () => 'x')

  return { ...table(unaryScalars), ...table(binaryScalars), cast, where, broadcastTo }
}
