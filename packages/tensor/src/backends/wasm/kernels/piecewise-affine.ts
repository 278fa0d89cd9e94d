import type { Activation } from '../../../activation.ts'
import { bytesPerElement } from '../heap.ts'
import { codes } from '../kernels.generated.ts'
import { byDType, type Module } from '../module.ts'
import { floats, type WasmKernel, type WasmOperand } from './kernel.ts'

const kinds = codes.activation

/** A leaky ReLU of slope 0 selects 0, as ReLU does: 0 · ∞ would be NaN. */
const kindOf = ({ name, alpha }: Activation): number =>
  name === 'leakyRelu' && alpha === 0 ? kinds.relu : kinds[name]

const lastOf = ({ shape }: WasmOperand): number => shape[shape.length - 1]
const rowsOf = (x: WasmOperand): number => x.size / Math.max(1, lastOf(x))

/** Layers of piecewise-affine networks and the codes of their regions. */
export function piecewiseAffineKernels(module: Module) {
  const products = byDType(module, 'matmul', floats)
  const activate = byDType(module, 'activate', floats)
  const slopes = byDType(module, 'applySlopes', floats)

  const affine: WasmKernel<'affine'> = ([x, weight, bias], [y, code], activation) => {
    if (y.size === 0) return
    const [units, width] = weight.shape
    const dtype = x.dtype as 'float32'
    const rows = y.size / units
    products[dtype](rows, units, width, x.buffer.pointer, 0, weight.buffer.pointer, 1, y.buffer.pointer)
    const kind = kindOf(activation)
    if (kind === kinds.identity && bias === undefined) return
    const biasAt = bias?.buffer.pointer ?? 0
    activate[dtype](rows, units, y.buffer.pointer, biasAt, kind, activation.alpha, code.buffer.pointer)
  }

  const applySlopes: WasmKernel<'applySlopes'> = ([code, g], [y], activation) => {
    if (g.size === 0) return
    const kind = kindOf(activation)
    const [from, to] = [g.buffer.pointer, y.buffer.pointer]
    if (kind === kinds.identity) {
      const bytes = g.size * bytesPerElement(g.dtype)
      module.copy_8(1, bytes, from, 0, 1, to, 0, 1)
      return
    }
    const units = lastOf(g)
    const codes = rowsOf(code)
    const repeats = g.size / (codes * units)
    slopes[g.dtype as 'float32'](codes, repeats, units, code.buffer.pointer, from, kind, activation.alpha, to)
  }

  const packStates: WasmKernel<'packStates'> = ([states], [code]) => {
    module.packStates(rowsOf(states), lastOf(states), states.buffer.pointer, code.buffer.pointer)
  }

  const unpackStates: WasmKernel<'unpackStates'> = ([code], [states], { units }) => {
    module.unpackStates(rowsOf(states), units, code.buffer.pointer, states.buffer.pointer)
  }

  const countDifferingStates: WasmKernel<'countDifferingStates'> = ([a, b], [counts]) => {
    const { pointer } = counts.buffer
    module.countDifferingStates(counts.size, lastOf(a), a.buffer.pointer, b.buffer.pointer, pointer)
  }
  return { affine, applySlopes, packStates, unpackStates, countDifferingStates }
}
