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
  const activations = byDType(module, 'activate', floats)
  const packs = byDType(module, 'packStates', ['bool', 'int32'])
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
    activations[dtype](rows, units, y.buffer.pointer, biasAt, kind, activation.alpha, code.buffer.pointer)
  }

  const copy = (x: WasmOperand, y: WasmOperand): void => {
    module.copy_8(1, x.size * bytesPerElement(x.dtype), x.buffer.pointer, 0, 1, y.buffer.pointer, 0, 1)
  }

  /** In place, of a copy. By a pointer of its own for what is read, `affine` of 256 × 8 · 8 × 512 took 1.03 to 1.1 times as long. */
  const activate: WasmKernel<'activate'> = ([x], [y, code], activation) => {
    if (x.size === 0) return
    copy(x, y)
    const kind = kindOf(activation)
    if (kind === kinds.identity) return
    const { pointer } = y.buffer
    activations[x.dtype as 'float32'](
      ...[rowsOf(x), lastOf(x), pointer, 0, kind, activation.alpha, code.buffer.pointer],
    )
  }

  const applySlopes: WasmKernel<'applySlopes'> = ([code, g], [y], activation) => {
    if (g.size === 0) return
    const kind = kindOf(activation)
    if (kind === kinds.identity) {
      copy(g, y)
      return
    }
    const units = lastOf(g)
    const codes = rowsOf(code)
    const repeats = g.size / (codes * units)
    const [from, to] = [g.buffer.pointer, y.buffer.pointer]
    slopes[g.dtype as 'float32'](codes, repeats, units, code.buffer.pointer, from, kind, activation.alpha, to)
  }

  const packStates: WasmKernel<'packStates'> = ([states], [code], { bits }) => {
    const pack = packs[states.dtype as 'bool']
    pack(rowsOf(states), lastOf(states), bits, states.buffer.pointer, code.buffer.pointer)
  }

  const unpackStates: WasmKernel<'unpackStates'> = ([code], [states], { units, bits }) => {
    module.unpackStates(rowsOf(states), units, bits, code.buffer.pointer, states.buffer.pointer)
  }

  const countDifferingStates: WasmKernel<'countDifferingStates'> = ([a, b], [counts], { bits }) => {
    const words = lastOf(a) / Math.max(1, bits)
    const { pointer } = counts.buffer
    module.countDifferingStates(counts.size, words, bits, a.buffer.pointer, b.buffer.pointer, pointer)
  }
  return { affine, activate, applySlopes, packStates, unpackStates, countDifferingStates }
}
