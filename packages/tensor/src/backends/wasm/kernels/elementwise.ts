import type { DType } from '../../../dtype.ts'
import { broadcastSteps } from '../../strides.ts'
import { bytesPerElement } from '../heap.ts'
import { codes } from '../kernels.generated.ts'
import { byDType, byWidth, type Module, type WasmFunction } from '../module.ts'
import { eachPlane } from '../planes.ts'
import { anything, byCode, floats, numbers, type WasmKernel } from './kernel.ts'

type Calls = Readonly<Partial<Record<DType, WasmFunction>>>
type Binary = WasmKernel<'add'>
type Unary = WasmKernel<'neg'>

/** @param isSwapped whether the function takes the operands in the other order */
function binary(calls: Calls, op: number, isSwapped = false): Binary {
  return ([left, right], [z]) => {
    if (z.size === 0) return
    const x = isSwapped ? right : left
    const y = isSwapped ? left : right
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

/** The dtype of the output chooses the function. */
const ternary =
  (calls: Calls): WasmKernel<'where'> =>
  (inputs, [z]) => {
    const call = calls[z.dtype]!
    const all = [...inputs, z]
    const steps = all.map(({ shape, dtype }) => broadcastSteps(shape, z.shape, bytesPerElement(dtype)))
    const [a, b, c, out] = all.map(({ buffer }) => buffer.pointer)
    eachPlane(z.shape, steps, (outer, inner, [p, q, r, s], [ao, bo, co, so], [ai, bi, ci]) => {
      for (let o = 0; o < outer; o++)
        call(inner, a + p + o * ao, ai, b + q + o * bo, bi, c + r + o * co, ci, out + s + o * so)
    })
  }

/** Ops of one element, or of two or three elements of operands that are broadcast; and casts. */
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
  const predicate =
    (op: number): WasmKernel<'isNaN'> =>
    ([x], [y]) => {
      test[x.dtype as 'float32'](op, x.size, x.buffer.pointer, y.buffer.pointer)
    }
  const castKernel: WasmKernel<'cast'> = ([x], [y], { dtype }) => {
    cast[dtype](codes.castSource[x.dtype], x.size, x.buffer.pointer, y.buffer.pointer)
  }
  return {
    ...byCode(codes.combine, (op) => binary(combine, op)),
    ...byCode(codes.compare, (op) => binary(compare, op)),
    greater: binary(compare, codes.compare.less, true),
    greaterEqual: binary(compare, codes.compare.lessEqual, true),
    ...byCode(codes.map, (op) => unary(map, op)),
    ...byCode(codes.test, predicate),
    logicalAnd: binary(combine, codes.combine.minimum),
    logicalOr: binary(combine, codes.combine.maximum),
    logicalNot: (([x], [y]) => {
      module.not(x.size, x.buffer.pointer, y.buffer.pointer)
    }) as WasmKernel<'logicalNot'>,
    cast: castKernel,
    where: ternary(byWidth(module, 'select')),
    clip: ternary(byDType(module, 'clip', numbers)),
  }
}
