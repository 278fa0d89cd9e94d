import { type Activation, isActivation } from '../activation.ts'
import { describe, expectCount } from '../checks.ts'
import { codeWords, STATES_PER_WORD } from '../code-words.ts'
import { formatShape } from '../shape.ts'
import { expectFloat, expectRank, type OpTable, same } from './row.ts'

function expectActivation(op: string, activation: Activation): void {
  if (isActivation(activation)) return
  const { name } = Object(activation) as { name?: unknown }
  throw new TypeError(
    `${op}: expected an activation such as reluActivation, got ${describe(name ?? activation)}`,
  )
}

export const piecewiseAffineRows = {
  affine: {
    outputs(op, inputs, activation) {
      const [x, weight, bias] = inputs
      expectActivation(op, activation)
      const dtype = same(op, x, weight)
      expectFloat(op, x)
      expectRank(op, 'x', x, 1)
      if (weight.shape.length !== 2)
        throw new RangeError(`${op}: expected W [out, in], got ${formatShape(weight.shape)}`)
      const [units, width] = weight.shape
      if (x.shape.at(-1) !== width) {
        throw new RangeError(
          `${op}: inner dimensions differ: ${formatShape(x.shape)} · ${formatShape(weight.shape)}ᵀ`,
        )
      }
      if (bias !== undefined) {
        same(op, x, bias)
        if (bias.shape.length !== 1 || bias.shape[0] !== units) {
          throw new RangeError(`${op}: expected b [${units}], got ${formatShape(bias.shape)}`)
        }
      }
      const lead = x.shape.slice(0, -1)
      return [
        { shape: [...lead, units], dtype },
        { shape: [...lead, codeWords(units, activation)], dtype: 'uint32' },
      ]
    },
  },
  applySlopes: {
    outputs(op, [code, g], activation) {
      expectActivation(op, activation)
      expectFloat(op, g)
      expectRank(op, 'g', g, 1)
      if (code.dtype !== 'uint32') throw new TypeError(`${op}: expected a uint32 code, got ${code.dtype}`)
      const words = codeWords(g.shape.at(-1)!, activation)
      const lead = code.shape.slice(0, -1)
      if (
        code.shape.at(-1) !== words ||
        lead.length >= g.shape.length ||
        lead.some((length, i) => length !== g.shape[i])
      ) {
        throw new RangeError(
          `${op}: expected a code [..., ${words}] whose leading axes start ${formatShape(g.shape)}, got ${formatShape(code.shape)}`,
        )
      }
      return [g]
    },
  },
  packStates: {
    outputs(op, [states]) {
      if (states.dtype !== 'bool') throw new TypeError(`${op}: expected bool states, got ${states.dtype}`)
      expectRank(op, 'states', states, 1)
      return [
        {
          shape: [...states.shape.slice(0, -1), Math.ceil(states.shape.at(-1)! / STATES_PER_WORD)],
          dtype: 'uint32',
        },
      ]
    },
  },
  unpackStates: {
    outputs(op, [code], { units }) {
      expectCount(op, 'units', units, 0)
      const words = Math.ceil(units / STATES_PER_WORD)
      if (code.dtype !== 'uint32' || code.shape.at(-1) !== words) {
        throw new RangeError(
          `${op}: expected a uint32 code [..., ${words}] for ${units} units, got ${formatShape(code.shape)} ${code.dtype}`,
        )
      }
      return [{ shape: [...code.shape.slice(0, -1), units], dtype: 'bool' }]
    },
  },
  countDifferingStates: {
    outputs(op, [a, b]) {
      if (a.dtype !== 'uint32' || b.dtype !== 'uint32') {
        throw new TypeError(`${op}: expected uint32 codes, got ${a.dtype} and ${b.dtype}`)
      }
      if (formatShape(a.shape) !== formatShape(b.shape) || a.shape.length === 0) {
        throw new RangeError(
          `${op}: codes differ in shape: ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
        )
      }
      return [{ shape: a.shape.slice(0, -1), dtype: 'int32' }]
    },
  },
} satisfies Partial<OpTable>
