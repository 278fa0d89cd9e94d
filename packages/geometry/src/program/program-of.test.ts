import { init, tensor } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { randomStack, stacks } from '../testing/kind-cases.ts'
import { networkOf, plainCode } from '../testing/plain-network.ts'
import { programOf } from './program-of.ts'
import { runProgram } from './run.ts'

beforeAll(() => init())

test.each(Object.keys(stacks))('a program of %s is the network, in numbers of either dtype', (name) => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.boolean(), fc.constantFrom('float32', 'float64'), (seed, isBiased, dtype) => {
      const layers = randomStack(name, isBiased, seed)
      const network = networkOf(layers, dtype)
      const program = programOf(network)
      expect([program.inputs, program.outputs]).toEqual([network.inputs, network.outputs])
      const x = Array.from({ length: network.inputs }, (_, i) => Math.fround(Math.sin(seed + 7 * i)))
      const { output, states } = runProgram(program, x)
      const rows = tensor([x], { dtype })
      expect([...states]).toEqual((network.regionCode(rows).states().toArray() as number[][])[0])
      if (dtype === 'float64') expect(states.join('')).toBe(plainCode(layers, x))
      const wanted = network.apply(rows).dataSync() as ArrayLike<number>
      const scale = (dtype === 'float64' ? 1e-12 : 1e-4) * Math.max(1, ...Array.from(wanted, Math.abs))
      for (const [i, y] of output.entries()) expect(Math.abs(y - wanted[i])).toBeLessThan(scale)
    }),
    { numRuns: 20 },
  )
})

test('a weight that is not finite is refused', () => {
  const dense = { weight: [[1, Number.NaN]], bias: null, activation: { name: 'relu', alpha: 0 } as const }
  expect(() => programOf(networkOf([dense]))).toThrow('expected finite weights, got NaN')
})
