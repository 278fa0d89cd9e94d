import { init, isFloat, type Tensor, tensor } from '@facet/tensor'
import { dispatch, type OpName, opTable } from '@facet/tensor/dispatch'
import { type SmoothCase, smoothCases } from '@facet/tensor/testing'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGradients } from './check-gradients.ts'
import { jvp } from './jvp.ts'
import { jvpRules } from './jvp-rules.ts'
import { vjp } from './vjp.ts'
import { vjpRules } from './vjp-rules.ts'

beforeAll(() => init())

type Outputs = readonly Tensor[]

const settings = { seed: 2009, numRuns: 20 }
const opNames = Object.keys(smoothCases) as OpName[]
const smooth = opNames.filter((name) => vjpRules[name] !== null)
const constant = opNames.filter((name) => vjpRules[name] === null && smoothCases[name] !== null)

/** The floating inputs of a case. */
const pointOf = ({ inputs }: SmoothCase<OpName>): Tensor[] => inputs.filter((x) => isFloat(x.dtype))

/** A case as a function of its floating inputs. */
const functionOf =
  (name: OpName, { inputs, params, prepare }: SmoothCase<OpName>) =>
  (p: Outputs): Outputs => {
    let next = 0
    const x = inputs.map((input) => (isFloat(input.dtype) ? p[next++] : input))
    return dispatch(opTable[name], prepare ? prepare(x) : x, params)
  }

const floats = (f: (p: Outputs) => Outputs) => (p: Outputs) => f(p).filter((y) => isFloat(y.dtype))

const patterns = (like: readonly Tensor[]): Tensor[] =>
  like.map((t) =>
    tensor(
      Float64Array.from({ length: t.size }, (_, i) => Math.cos(1 + 1.7 * i)),
      { shape: t.shape },
    ),
  )

const forEachCase = (name: OpName, check: (f: (p: Outputs) => Outputs, p: Outputs) => void): void => {
  fc.assert(
    fc.property(smoothCases[name] as fc.Arbitrary<SmoothCase<OpName>>, (c) =>
      check(functionOf(name, c), pointOf(c)),
    ),
    settings,
  )
}

describe('the rules of', () => {
  it.each(smooth)('%s agree with central differences, forward and reverse', (name) => {
    forEachCase(name, (f, p) => checkGradients(floats(f), p))
  })

  it.each(smooth)(
    '%s agree with central differences when differentiated again, in all four orders',
    (name) => {
      forEachCase(name, (f, p) => {
        const g = floats(f)
        const cotangents = patterns(g(p))
        checkGradients((q: Outputs) => vjp(g, q).pullback(cotangents), p)
        checkGradients((q: Outputs) => jvp(g, q, patterns(q)).tangent, p)
      })
    },
  )
})

describe('constant ops', () => {
  it.each(constant)('%s leaves its outputs untraced in both modes', (name) => {
    expect(jvpRules[name]).toBeNull()
    forEachCase(name, (f, p) => {
      const untraced = (q: Outputs): Outputs => {
        for (const y of f(q)) expect(y.interpreter).toBeNull()
        return q
      }
      vjp(untraced, p)
      jvp(untraced, p, p)
    })
  })
})
