import type { ActivationName } from '../../../activation.ts'
import { STATES_PER_WORD, wordsOf } from '../../../code-words.ts'
import { bitOf, setBit, setState, stateOf } from '../code-bits.ts'
import { accumulatorRow, rowTimesTransposed } from '../row-products.ts'
import type { KernelFamily } from './family.ts'

/**
 * Value in state 0 and its derivative applied to g. Selected so that NaN passes and infinities are exact: a ReLU at
 * −∞ is 0, never 0 · ∞ (docs/mathematics.md 2.1).
 */
const lowerPiece: Record<ActivationName, (p: number, alpha: number) => number> = {
  identity: (p) => p,
  relu: (p) => (Number.isNaN(p) ? p : 0),
  leakyRelu: (p, alpha) => (alpha === 0 && !Number.isNaN(p) ? 0 : alpha * p),
  abs: (p) => (p === 0 ? 0 : -p),
}

/** The slope of state 0 applied to a cotangent: 0 for ReLU, of ∞ too; NaN stays NaN. */
const lowerSlopeOf: Record<ActivationName, (g: number, alpha: number) => number> = {
  identity: (g) => g,
  relu: (g) => (Number.isNaN(g) ? g : 0),
  leakyRelu: (g, alpha) => (alpha === 0 && !Number.isNaN(g) ? 0 : alpha * g),
  abs: (g) => -g,
}

function bitCount(word: number): number {
  let count = 0
  for (let rest = word; rest !== 0; rest &= rest - 1) count++
  return count
}

export const piecewiseAffineKernels = {
  /** Matmul, bias, activation and packed code of one row in one pass over float64 accumulators. */
  affine([x, weight, bias], [y, code], { name, alpha }) {
    const [units, width] = weight.shape
    const words = code.shape[code.shape.length - 1]
    const totals = accumulatorRow(units)
    const lower = lowerPiece[name]
    const count = units === 0 ? 0 : y.size / units
    for (let r = 0; r < count; r++) {
      if (bias === undefined) totals.fill(0, 0, units)
      else totals.set(bias.buffer)
      rowTimesTransposed(totals, x.buffer, r * width, 1, weight.buffer, 0, width, units)
      const at = r * units
      if (words === 0) {
        for (let u = 0; u < units; u++) y.buffer[at + u] = totals[u]
        continue
      }
      for (let first = 0, word = r * words; first < units; first += STATES_PER_WORD, word++) {
        let bits = 0
        const last = Math.min(units, first + STATES_PER_WORD)
        for (let u = first; u < last; u++) {
          const p = totals[u]
          y.buffer[at + u] = p > 0 ? p : lower(p, alpha)
          if (p > 0) bits |= 1 << (u - first)
        }
        code.buffer[word] = bits >>> 0
      }
    }
  },

  applySlopes([code, g], [y], { name, alpha }) {
    if (name === 'identity') {
      y.buffer.set(g.buffer)
      return
    }
    const units = g.shape[g.shape.length - 1]
    const words = code.shape[code.shape.length - 1]
    const slope = lowerSlopeOf[name]
    const codes = code.size / Math.max(1, words)
    const repeats = g.size / Math.max(1, codes * units)
    let at = 0
    for (let c = 0; c < codes; c++) {
      for (let r = 0; r < repeats; r++) {
        for (let u = 0; u < units; u++, at++) {
          const on = bitOf(code.buffer, c * words, u)
          y.buffer[at] = on === 1 ? g.buffer[at] : slope(g.buffer[at], alpha)
        }
      }
    }
  },

  activate([x], [y, code], { name, alpha }) {
    const units = x.shape[x.shape.length - 1]
    const words = code.shape[code.shape.length - 1]
    const lower = lowerPiece[name]
    code.buffer.fill(0)
    for (let i = 0; i < x.size; i++) {
      const p = x.buffer[i]
      const isOn = p > 0
      y.buffer[i] = isOn ? p : lower(p, alpha)
      if (isOn && words > 0) setBit(code.buffer, Math.floor(i / units) * words, i % units)
    }
  },

  packStates([states], [code], { bits }) {
    const units = states.shape[states.shape.length - 1]
    const words = wordsOf(units)
    code.buffer.fill(0)
    for (let i = 0; i < states.size; i++) {
      const state = states.dtype === 'bool' ? Number(states.buffer[i] !== 0) : states.buffer[i]
      setState(code.buffer, Math.floor(i / units) * words * bits, words, bits, i % units, state)
    }
  },

  unpackStates([code], [states], { units, bits }) {
    const words = wordsOf(units)
    for (let i = 0; i < states.size; i++) {
      const row = Math.floor(i / units) * words * bits
      states.buffer[i] = stateOf(code.buffer, row, words, bits, i % units)
    }
  },

  countDifferingStates([a, b], [counts], { bits }) {
    const all = a.shape[a.shape.length - 1]
    const words = all / Math.max(1, bits)
    for (let r = 0; r < counts.size; r++) {
      let count = 0
      for (let w = 0; w < words; w++) {
        let differing = 0
        for (let at = r * all + w; at < (r + 1) * all; at += words) differing |= a.buffer[at] ^ b.buffer[at]
        count += bitCount(differing)
      }
      counts.buffer[r] = count
    }
  },
} satisfies KernelFamily
