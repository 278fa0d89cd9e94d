import { add, cast, init, type Tensor } from '@facet/tensor'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Network } from '../network.ts'
import { copyOf } from '../testing/copy-of.ts'
import { randomNetworks, seeds } from '../testing/random-layers.ts'
import { magnitude, maxDifference, randomPoints } from '../testing/random-models.ts'
import type { LayerWalk } from './layer.ts'

afterAll(() => init())

const N = 4

/** What a walk through a network finds: its output, and of every unit its state and how far it is from another. */
interface Walked {
  readonly output: Tensor
  readonly states: number[][]
  readonly margins: number[][]
}

/** The place of the largest of a unit's candidates, and by how much it is larger than every other, in units of the largest or 1. */
function choiceOf(candidates: readonly number[]): [number, number] {
  const best = candidates.indexOf(Math.max(...candidates))
  const others = candidates.filter((_, k) => k !== best)
  const scale = Math.max(1, ...candidates.filter(Number.isFinite).map(Math.abs))
  return [best, (candidates[best] - Math.max(...others)) / scale]
}

function walked(net: Network, x: Tensor): Walked {
  const states: number[][] = Array.from({ length: N }, () => [])
  const margins: number[][] = Array.from({ length: N }, () => [])
  const walk: LayerWalk<Tensor> = {
    affine(map, bias, v) {
      const moved = map === null ? v : map.apply(v)
      return bias === null ? moved : add(moved, bias)
    },
    pieces(pieces, v) {
      const candidates = pieces.candidates(v).toArray() as number[][][]
      candidates.forEach((units, n) => {
        const choices = units.map(choiceOf)
        states[n].push(...choices.map(([state]) => state))
        margins[n].push(...choices.map(([, margin]) => margin))
      })
      return pieces.forward(v).output
    },
    add: (a, b) => add(a, b),
  }
  return { output: net.walk(walk, x), states, margins }
}

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
