import { init } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { programOf } from '../program/program-of.ts'
import { runProgram } from '../program/run.ts'
import { randomStack, stacks } from '../testing/kind-cases.ts'
import { networkOf } from '../testing/plain-network.ts'
import { ExactProgram, lanesOf } from './exact-run.ts'
import { quotient, wholesOf } from './wholes.ts'

beforeAll(() => init())

const dyadic = fc.double({ noNaN: true, noDefaultInfinity: true })

describe('whole numbers', () => {
  it('are the floats exactly', () => {
    fc.assert(
      fc.property(fc.array(dyadic, { minLength: 1 }), (values) => {
        const { whole, exponent } = wholesOf(values)
        expect(whole.map((x) => quotient(x, 1n, exponent))).toEqual(values.map((x) => x + 0))
      }),
    )
  })

  it('divide as floats do', () => {
    fc.assert(
      fc.property(dyadic, dyadic, (a, b) => {
        const wanted = a / b
        fc.pre(Number.isFinite(wanted) && Math.abs(wanted) > 1e-290)
        const [x, y] = [wholesOf([a]), wholesOf([b])]
        const got = quotient(x.whole[0], y.whole[0], x.exponent - y.exponent)
        expect(Math.abs(got - wanted)).toBeLessThanOrEqual(2 ** -51 * Math.abs(wanted))
      }),
    )
  })
})

describe.each(Object.keys(stacks))('rational arithmetic through %s', (name) => {
  it('agrees with floats, states and forms with the point itself', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.boolean(), fc.integer({ min: 1, max: 1000 }), (seed, isBiased, weight) => {
        const program = programOf(networkOf(randomStack(name, isBiased, seed), 'float64'))
        const exact = new ExactProgram(program)
        const x = Array.from({ length: program.inputs }, (_, i) => Math.sin(seed + 7 * i))
        const { output, states } = runProgram(program, x)
        const numbers = wholesOf([...x.map((xi) => xi * weight), weight])
        const point = exact.at({ ...numbers, whole: numbers.whole.slice(0, -1) }, numbers.whole.at(-1)!)
        const { lanes, exponent } = point.slot(program.output)
        const one = quotient(numbers.whole.at(-1)!, 1n, numbers.exponent)
        const largest = Math.max(1, ...output.map(Math.abs))
        for (const [i, y] of output.entries())
          expect(Math.abs(quotient(lanes[0][i], 1n, exponent) / one - y)).toBeLessThan(1e-12 * largest)
        const chosen = program.groups.flatMap((_, g) => Array.from(point.states(g)))
        expect(chosen).toEqual([...states])

        const zero = x.map(() => 0)
        const forms = exact.on(states, lanesOf([x, zero])).slot(program.output)
        for (const [i, y] of output.entries()) {
          const [slope, constant] = forms.lanes.map((lane) => quotient(lane[i], 1n, forms.exponent))
          expect(Math.abs(slope + constant - y)).toBeLessThan(1e-12 * Math.max(largest, Math.abs(slope)))
        }
      }),
      { numRuns: 10 },
    )
  })
})
