import { init, tensor } from '@facet/tensor'
import '@facet/tensor/gpu'
import { afterAll, expect, it } from 'vitest'
import { isWhole } from '../../../../tests/trials.ts'
import { copyOf, networkOf, numbersOf } from '../testing/copy-of.ts'
import { randomNetworks } from '../testing/random-layers.ts'
import { randomPoints } from '../testing/random-models.ts'
import { walked } from './walked.ts'

afterAll(() => init())

const N = 4
// The kernels of every network are its own: more of them where all trials are.
const seeds = isWhole ? [0, 1, 2, 3, 4] : [1]

it.each(randomNetworks)('%s: gpu has the states of float64, except within 1e-5 of a tie', async (_, draw) => {
  for (const seed of seeds) {
    await init()
    const rounded = copyOf(draw(seed), 'float32')
    const { inputs } = rounded
    const x = Float32Array.from(randomPoints(seed, N, inputs).dataSync())
    const numbers = numbersOf(rounded)
    const { states, margins } = walked(
      networkOf(numbers, 'float64'),
      tensor([...x], { shape: [N, inputs], dtype: 'float64' }),
    )
    await init({ backend: 'gpu' })
    const code = networkOf(numbers, 'float32').regionCode(tensor(x, { shape: [N, inputs] }))
    const found = [...(await code.states().data())]
    const differing = margins.flat().filter((_, i) => found[i] !== states.flat()[i])
    expect(found).toHaveLength(states.flat().length)
    expect(differing.every((margin) => margin < 1e-5)).toBe(true)
  }
})
