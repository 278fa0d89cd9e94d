import type { DType } from '../../../dtype.ts'
import { broadcastSteps } from '../../strides.ts'
import { bytesPerElement } from '../heap.ts'
import { byDType, byWidth, type Call, type Module } from '../module.ts'
import { eachPlane } from '../planes.ts'
import { anything, floats, type WasmKernel } from './kernel.ts'

/** The place of an op in these lists is the number under which the module knows it. */
const combinations = ['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'pow'] as const
const comparisons = ['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'] as const
const maps = [
  ...(['neg', 'abs', 'square', 'sign', 'sqrt', 'reciprocal', 'floor', 'ceil', 'round'] as const),
  ...(['exp', 'expm1', 'log', 'log1p', 'sin', 'cos', 'tanh', 'sigmoid'] as const),
] as const

type Calls = Readonly<Partial<Record<DType, Call>>>
type Binary = WasmKernel<'add'>
type Unary = WasmKernel<'neg'>

function binary(calls: Calls, op: number): Binary {
  return ([x, y], [z]) => {
    if (z.size === 0) return
    const call = calls[x.dtype]!
    const unit = bytesPerElement(x.dtype)
    const a = x.buffer.pointer
    const b = y.buffer.pointer
    const out = z.buffer.pointer
    const isWholeA = x.size === z.size
    const isWholeB = y.size === z.size
    if ((isWholeA || x.size === 1) && (isWholeB || y.size === 1)) {
      call(op, 1, z.size, a, 0, isWholeA ? unit : 0, b, 0, isWholeB ? unit : 0, out)
      return
    }
    const outSteps = broadcastSteps(z.shape, z.shape, bytesPerElement(z.dtype))
    const steps = [broadcastSteps(x.shape, z.shape, unit), broadcastSteps(y.shape, z.shape, unit), outSteps]
    eachPlane(z.shape, steps, (outer, inner, [p, q, r], [ao, bo], [ai, bi]) => {
      call(op, outer, inner, a + p, ao, ai, b + q, bo, bi, out + r)
    })
  }
}

const unary =
  (calls: Calls, op: number): Unary =>
  ([x], [y]) => {
    calls[x.dtype]!(op, x.size, x.buffer.pointer, y.buffer.pointer)
  }

const table = <N extends string, K>(names: readonly N[], kernel: (op: number) => K): Record<N, K> =>
  Object.fromEntries(names.map((name, op) => [name, kernel(op)])) as Record<N, K>

/** Source dtypes of a cast, by number. */
const castSources = ['float32', 'float64', 'int32', 'uint32', 'bool']

export function elementwiseKernels(module: Module) {
  const combine = byDType(module, 'combine', anything)
  const compare = byDType(module, 'compare', anything)
  const map = {
    ...byDType(module, 'map', floats),
    ...byDType(module, 'map', ['int32']),
    uint32: module.map_i32,
  }
  const test = byDType(module, 'test', floats)
  const cast = {
    ...byDType(module, 'cast', ['float32', 'float64', 'int32', 'bool']),
    uint32: module.cast_i32,
  }
  const select = byWidth(module, 'select')
  const predicate =
    (finite: 0 | 1): WasmKernel<'isNaN'> =>
    ([x], [y]) => {
      test[x.dtype as 'float32'](finite, x.size, x.buffer.pointer, y.buffer.pointer)
    }
  const castKernel: WasmKernel<'cast'> = ([x], [y], { dtype }) => {
    cast[dtype](castSources.indexOf(x.dtype), x.size, x.buffer.pointer, y.buffer.pointer)
  }
  const where: WasmKernel<'where'> = ([condition, x, y], [z]) => {
    const unit = bytesPerElement(z.dtype)
    const steps = [
      broadcastSteps(condition.shape, z.shape, 1),
      ...[x, y, z].map(({ shape }) => broadcastSteps(shape, z.shape, unit)),
    ]
    const call = select[z.dtype]
    const [c, a, b, out] = [condition, x, y, z].map(({ buffer }) => buffer.pointer)
    eachPlane(z.shape, steps, (outer, inner, [p, q, r, s], outerSteps, [ci, ai, bi]) => {
      const [co, ao, bo, so] = outerSteps
      for (let o = 0; o < outer; o++)
        call(inner, c + p + o * co, ci, a + q + o * ao, ai, b + r + o * bo, bi, out + s + o * so)
    })
  }
  return {
    ...table(combinations, (op) => binary(combine, op)),
    ...table(comparisons, (op) => binary(compare, op)),
    ...table(maps, (op) => unary(map, op)),
    logicalAnd: binary(combine, combinations.indexOf('minimum')),
    logicalOr: binary(combine, combinations.indexOf('maximum')),
    logicalNot: (([x], [y]) => {
      module.not(x.size, x.buffer.pointer, y.buffer.pointer)
    }) as WasmKernel<'logicalNot'>,
    isNaN: predicate(0),
    isFinite: predicate(1),
    cast: castKernel,
    where,
  }
}
