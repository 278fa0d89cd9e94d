import { cast, init } from '@facet/tensor'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { copyOf } from '../testing/copy-of.ts'
import { randomNetworks, seeds } from '../testing/random-layers.ts'
import { magnitude, maxDifference, randomPoints } from '../testing/random-models.ts'
import { walked } from './walked.ts'

afterAll(() => init())

const N = 4

describe.each(randomNetworks)('%s', (_, draw) => {
  test('a walk through its steps gives the output, and the largest candidates the states', async () => {
    await init()
    fc.assert(
      fc.property(seeds, (seed) => {
        const net = draw(seed)
        const x = randomPoints(seed, N, net.inputs)
        const { output, code } = net.forward(x)
        const found = walked(net, x)
        expect(maxDifference(found.output.dataSync(), output.dataSync()) / magnitude(output)).toBeLessThan(
          1e-12,
        )
        expect(found.states).toEqual(code.states().toArray())
      }),
      { numRuns: 20 },
    )
  })

  test('wasm in float32 has the states of plain loops in float64, except within 1e-5 of a tie', async () => {
    const samples = fc.sample(seeds, 15)
    await init({ backend: 'reference' })
    const expected = samples.map((seed) => {
      const net = copyOf(copyOf(draw(seed), 'float32'), 'float64')
      return walked(net, cast(cast(randomPoints(seed, N, net.inputs), 'float32'), 'float64'))
    })
    await init()
    samples.forEach((seed, i) => {
      const net = copyOf(draw(seed), 'float32')
      const code = net.regionCode(cast(randomPoints(seed, N, net.inputs), 'float32'))
      const { states, margins } = expected[i]
      const found = code.states().toArray() as number[][]
      const differing = margins.map((row, n) => row.filter((_, u) => found[n][u] !== states[n][u]))
      expect(differing.flat().every((margin) => margin < 1e-5)).toBe(true)
      expect(found.map((row) => row.length)).toEqual(states.map((row) => row.length))
    })
  })
})
