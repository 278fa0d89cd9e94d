import { init } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { ExactProgram } from '../exact/exact-run.ts'
import { quotient, wholesOf } from '../exact/wholes.ts'
import { randomStack, stacks } from '../testing/kind-cases.ts'
import { networkOf } from '../testing/plain-network.ts'
import { BoundedRun } from './bounded-run.ts'
import { programOf } from './program-of.ts'

beforeAll(() => init())

describe.each(Object.keys(stacks))('floats with bounds through %s', (name) => {
  it('are within their bounds of the network without rounding, and the bounds are small', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.boolean(), fc.integer({ min: -40, max: 40 }), (seed, isBiased, power) => {
        const program = programOf(networkOf(randomStack(name, isBiased, seed), 'float64'))
        const wanted = Array.from({ length: program.inputs }, (_, i) => 2 ** power * Math.sin(seed + 7 * i))
        // Not where the network is looked at, but not far from there.
        const value = Float64Array.from(wanted, (x, i) => x * (1 + (i % 3) * 2 ** -50))
        const run = new BoundedRun(program, { value, error: value.map((x) => 2 ** -48 * Math.abs(x)) })
        const { whole, exponent } = wholesOf([...wanted, 1])
        const exact = new ExactProgram(program).at({ whole: whole.slice(0, -1), exponent }, whole.at(-1)!)
        for (let slot = 0; slot <= program.steps.length; slot++) {
          const found = run.slot(slot)
          const { lanes, exponent } = exact.slot(slot)
          const largest = Math.max(2 ** power, 1, ...found.value.map(Math.abs))
          for (const [i, x] of found.value.entries()) {
            // The weight is 1, but a number of the same exponent.
            const off = Math.abs(quotient(lanes[0][i], 1n, exponent) - x)
            expect(off).toBeLessThanOrEqual(found.error[i] + 2 ** -52 * Math.abs(x))
            expect(found.error[i]).toBeLessThan(1e-9 * largest)
          }
        }
      }),
      { numRuns: 10 },
    )
  })
})
