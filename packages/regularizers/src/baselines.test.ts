import { Autoencoder, Dense, Network } from '@facet/models'
import { identityActivation, init, mean, square, sub, type Tensor, zerosLike } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  biorthogonality,
  contractive,
  denoising,
  higherOrderContractive,
  kSparse,
  sparseCode,
  weightDecay,
} from './index.ts'
import { flat, float64 } from './testing/golden.ts'
import { numbersOf, smallData, smallModel, termOf } from './testing/small-model.ts'

beforeAll(() => init())

/** `z = W_E x + b_E`, `x = W_D z + b_D`: one region each. */
function linearModel(): Autoencoder {
  const layer = (name: string, weight: number[][], bias: number[]) =>
    new Network([
      new Dense({ name, weight: float64(weight), bias: float64(bias), activation: identityActivation }),
    ])
  const encoder = layer(
    'encoder',
    [
      [1, 0, 2],
      [0, -3, 1],
    ],
    [1, -1],
  )
  const decoder = layer(
    'decoder',
    [
      [1, 0],
      [2, 1],
      [0, 1],
    ],
    [0, 0, 5],
  )
  return new Autoencoder(encoder, decoder)
}

const meanSquaredError = (a: Tensor, b: Tensor) => mean(square(sub(a, b))).item()

describe('contractive', () => {
  it('is ‖W‖² of a linear encoder, or its root', () => {
    expect(numbersOf(termOf(contractive(), linearModel()))).toEqual({ contractive: 15 })
    expect(numbersOf(termOf(contractive({ norm: 'plain' }), linearModel())).contractive).toBeCloseTo(
      Math.sqrt(15),
      14,
    )
  })

  it('weighs 0.01 unless told otherwise', () => {
    expect(termOf(contractive(), linearModel()).loss.item()).toBeCloseTo(0.15, 14)
    expect(termOf(contractive({ weight: 2 }), linearModel()).loss.item()).toBe(30)
  })
})

describe('higherOrderContractive', () => {
  it('adds nothing on a single region', () => {
    expect(numbersOf(termOf(higherOrderContractive({ samples: 3 }), linearModel()))).toEqual({
      contractive: 15,
      higherOrder: 0,
    })
  })

  it('is λ (first + γ second)', () => {
    const term = termOf(higherOrderContractive({ weight: 0.5, gamma: 3, sigma: 2, samples: 4 }), smallModel())
    const { contractive, higherOrder } = numbersOf(term)
    expect(higherOrder).toBeGreaterThan(0)
    expect(term.loss.item()).toBeCloseTo(0.5 * (contractive + 3 * higherOrder), 12)
  })

  it('compares every copy with its own sample', () => {
    // Without noise every copy is its sample, so any mix-up of rows would show.
    const { higherOrder } = numbersOf(termOf(higherOrderContractive({ sigma: 0, samples: 3 }), smallModel()))
    expect(higherOrder).toBe(0)
  })

  it('finds larger differences further away', () => {
    const second = (sigma: number) =>
      numbersOf(termOf(higherOrderContractive({ sigma, samples: 8 }), smallModel())).higherOrder
    expect(second(1)).toBeGreaterThan(second(0.01))
  })
})

describe('denoising', () => {
  it('is the reconstruction error where σ is 0', () => {
    const model = smallModel()
    const { loss } = termOf(denoising({ sigma: 0 }), model)
    expect(loss.item()).toBe(meanSquaredError(model.reconstruct(smallData()), smallData()))
  })

  it('corrupts what is encoded, by σ', () => {
    const error = (sigma: number) => termOf(denoising({ sigma }), linearModel()).loss.item()
    // The error of a linear model grows with the square of the noise, once that is all there is.
    expect(error(2e4) / error(1e4)).toBeCloseTo(4, 2)
  })

  it('compares with what is clean', () => {
    const model = linearModel()
    const [layer] = model.decoder.layers as Dense[]
    layer.weight.value = zerosLike(layer.weight.value)
    const clean = meanSquaredError(model.reconstruct(smallData()), smallData())
    expect(termOf(denoising({ sigma: 100 }), model).loss.item()).toBe(clean)
  })
})

it('weightDecay is the sum of squared weights, biases left alone', () => {
  expect(numbersOf(termOf(weightDecay(), linearModel()))).toEqual({ weightDecay: 15 + 7 })
})

it('sparseCode is the mean L1 norm of the codes', () => {
  const x = float64([
    [0, 0, 0],
    [1, 1, 1],
  ])
  expect(numbersOf(termOf(sparseCode(), linearModel(), x))).toEqual({ sparseCode: (2 + 7) / 2 })
})

describe('kSparse', () => {
  it('is the reconstruction error where every coordinate is kept', () => {
    const model = smallModel()
    expect(termOf(kSparse({ k: 2 }), model).loss.item()).toBe(
      meanSquaredError(model.reconstruct(smallData()), smallData()),
    )
  })

  it('decodes the k largest coordinates alone', () => {
    // The code of [1, 1, 1] is [4, −3]; kept is [4, 0], decoded [4, 8, 5].
    const { loss } = termOf(kSparse({ k: 1 }), linearModel(), float64([[1, 1, 1]]))
    expect(loss.item()).toBeCloseTo((9 + 49 + 16) / 3, 12)
  })

  it('wants a k that fits the bottleneck', () => {
    expect(() => kSparse({ k: 0 })).toThrow('kSparse: k: expected an integer of at least 1, got 0')
    expect(() => termOf(kSparse({ k: 3 }), smallModel())).toThrow(
      "kSparse: k: expected at most the bottleneck's 2, got 3",
    )
  })
})

it('biorthogonality is ‖W_E W_D − I‖² of a linear model', () => {
  // W_E W_D = [[1, 2], [−6, −2]]
  expect(numbersOf(termOf(biorthogonality(), linearModel()))).toEqual({ biorthogonality: 4 + 36 + 9 })
})

it('options out of range are named', () => {
  expect(() => contractive({ weight: -1 })).toThrow(
    'contractive: weight: expected a finite number of at least 0, got -1',
  )
  expect(() => contractive({ norm: 'l1' as 'plain' })).toThrow(
    "contractive: norm: expected one of squared, plain, got 'l1'",
  )
  expect(() => higherOrderContractive({ samples: 0 })).toThrow(
    'higherOrderContractive: samples: expected an integer of at least 1, got 0',
  )
  expect(() => higherOrderContractive({ gamma: Number.NaN })).toThrow(
    'higherOrderContractive: gamma: expected a finite number',
  )
  expect(() => denoising({ sigma: -0.1 })).toThrow(
    'denoising: sigma: expected a finite number of at least 0, got -0.1',
  )
})

it('uses the stated defaults', () => {
  expect(higherOrderContractive().settings).toEqual({
    weight: 0.01,
    gamma: 1,
    sigma: 0.1,
    samples: 1,
    norm: 'squared',
  })
  expect(denoising().settings).toEqual({ sigma: 0.1 })
  expect(flat(Object.values(sparseCode().settings!))).toEqual([0.01])
})
