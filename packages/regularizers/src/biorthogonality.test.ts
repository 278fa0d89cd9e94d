import { checkGradients, grad } from '@facet/autograd'
import { type Autoencoder, type AutoencoderOptions, autoencoder, withValues } from '@facet/models'
import { init, key, matmul, mul, sum, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { biorthogonality, biorthogonalityPenalty, productOfMaps } from './biorthogonality.ts'
import { startedOn, termOfRun } from './testing/small-model.ts'

beforeAll(() => init())

const count = 4

/** Maps of which both come in factors, or one, or neither is worth it. */
const kinds = {
  'both weights shared': { encoderHidden: [5], decoderHidden: [4] },
  deep: { encoderHidden: [6, 4], decoderHidden: [4, 5], activation: 'abs' },
  'a wide first layer': { encoderHidden: [40], decoderHidden: [4] },
  'an encoder of one layer': { encoderHidden: [], decoderHidden: [4] },
  'a decoder of one layer': { encoderHidden: [5], decoderHidden: [] },
  'a skip': { encoderHidden: [5], decoderHidden: [4], skip: 'pca' },
} as const

function modelOf(name: keyof typeof kinds): Autoencoder {
  const kind: Partial<AutoencoderOptions> = kinds[name]
  const data = kind.skip === undefined ? {} : { data: key('data').normal([9, 24], 'float64') }
  return autoencoder({ input: 24, bottleneck: 2, dtype: 'float64', seed: 3, ...kind, ...data })
}

const names = Object.keys(kinds) as (keyof typeof kinds)[]
const x = () => key('x').normal([count, 24], 'float64')

const worst = (found: Tensor, expected: Tensor): number => {
  const [a, b] = [Array.from(found.dataSync(), Number), Array.from(expected.dataSync(), Number)]
  expect(a.length).toBe(b.length)
  const scale = Math.max(1, ...b.map(Math.abs))
  return Math.max(0, ...a.map((value, i) => Math.abs(value - b[i]) / scale))
}

describe('A^E A^D through the product of the weights that all samples share', () => {
  it.each(names)('is the product of the maps, and so is its gradient: %s', (name) => {
    const model = modelOf(name)
    const { encoder, decoder, parameters } = model
    const code = model.regionCode(x())
    const values = parameters.map(({ value }) => value)
    const [inward, outward] = [encoder.jacobianFactors(code.encoder), decoder.tangentFactors(code.decoder)]
    const direct = matmul(encoder.jacobian(code.encoder), decoder.tangents(code.decoder), {
      transposeB: true,
    })
    expect(worst(productOfMaps(inward, outward), direct)).toBeLessThan(1e-12)

    const run = startedOn(biorthogonality({ weight: 1 }), model, x())
    const byFactors = (p: readonly Tensor[]) => withValues(parameters, p, () => termOfRun(run, x()).loss)
    const byMaps = (p: readonly Tensor[]) =>
      withValues(parameters, p, () =>
        biorthogonalityPenalty(encoder.jacobian(code.encoder), decoder.tangents(code.decoder)),
      )
    const expected = grad(byMaps)(values)
    grad(byFactors)(values).forEach((gradient, i) => {
      expect(worst(gradient, expected[i])).toBeLessThan(1e-12)
    })
  })

  it('has the gradients that central differences find, with a skip and without', () => {
    for (const name of ['both weights shared', 'a skip'] as const) {
      const model = modelOf(name)
      const { encoder, decoder, parameters } = model
      const code = model.regionCode(x())
      const weight = key('weight').normal([count, 2, 2], 'float64')
      checkGradients(
        (p: readonly Tensor[]) =>
          withValues(parameters, p, () => {
            const [inward, outward] = [
              encoder.jacobianFactors(code.encoder),
              decoder.tangentFactors(code.decoder),
            ]
            return sum(mul(productOfMaps(inward, outward), weight))
          }),
        parameters.map(({ value }) => value),
      )
    }
  })
})
