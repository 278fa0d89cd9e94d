import { autoencoder, Dense, Network } from '@facet/models'
import { identityActivation, init, key, mul, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { generatorAlignment } from '../generators/generator-alignment.ts'
import { generatorShapes } from '../generators/generator-shape.ts'
import { biorthogonality } from '../surface/biorthogonality.ts'
import { distanceToImage } from '../surface/distance-to-image.ts'
import { hessianProxy } from '../surface/hessian-proxy.ts'
import { jacobianSingularValues } from '../surface/jacobian-singular-values.ts'
import { totalVariance } from '../surface/latent-statistics.ts'
import { networkOf } from '../testing/plain-network.ts'
import { plainAndAround, randomNetwork } from '../testing/ray-cases.ts'

beforeAll(() => init())

type DType = 'float32' | 'float64'
/** Powers of two whose squares have no place in the dtype. */
const scales = (['float32', 'float64'] as const).flatMap((dtype) => {
  const far = dtype === 'float32' ? 2 ** 80 : 2 ** 600
  return [1 / far, far].map((scale) => [dtype, scale] as const)
})
const normal = (name: string, shape: number[], dtype: DType) => key(name).normal(shape, dtype)
const numbers = (t: Tensor) => [t.toArray()].flat(9) as number[]
const [plain] = plainAndAround()
const lastOf = ({ layers }: Network) => layers[layers.length - 1] as Dense

describe.each(scales)('in %s, times %d', (dtype, scale) => {
  it('a distance to the image, refined or not, is as many times as long', () => {
    const plane = (factor: number) =>
      new Network([
        new Dense({
          name: 'plane',
          weight: mul(normal('weight', [3, 2], dtype), factor),
          bias: null,
          activation: identityActivation,
        }),
      ])
    const latents = normal('latents', [50, 2], dtype)
    const points = normal('points', [6, 3], dtype)
    for (const refine of [0, 3]) {
      const small = numbers(distanceToImage(plane(1), latents, points, { refine }))
      const large = numbers(distanceToImage(plane(scale), latents, mul(points, scale), { refine }))
      expect(large).toEqual(small.map((distance) => distance * scale))
      expect(Math.min(...small)).toBeGreaterThan(0)
    }
  })

  it('an alignment is the same whichever of its three parts is so large', () => {
    const parts = [normal('G', [2, 4, 4], dtype), normal('x', [9, 4], dtype), normal('true', [4, 4], dtype)]
    const aligned = ([G, x, truth]: Tensor[]) => generatorAlignment(G, x, truth).item()
    const expected = aligned(parts)
    expect(expected).toBeGreaterThan(0.1)
    for (const i of [0, 1, 2]) {
      expect(aligned(parts.map((part, j) => (i === j ? mul(part, scale) : part)))).toBe(expected)
    }
  })

  it('norms of generators are as many times as large, shares the same', () => {
    const G = normal('G', [3, 4, 4], dtype)
    const shapes = generatorShapes(G)
    generatorShapes(mul(G, scale)).forEach(({ norm, skewShare, spectralNorm }, k) => {
      expect(norm).toBe(shapes[k].norm * scale)
      expect(skewShare).toBe(shapes[k].skewShare)
      expect(spectralNorm).toBeCloseTo(shapes[k].spectralNorm * scale, -Math.log10(scale) + 6)
      expect(spectralNorm / scale / shapes[k].spectralNorm).toBeCloseTo(1, 6)
    })
  })

  it('a change of slope is as many times as large', () => {
    const net = randomNetwork(plain, dtype)
    const steep = new Network([
      ...net.layers.slice(0, -1),
      new Dense({
        name: 'steep',
        weight: mul(lastOf(net).weight.value, scale),
        bias: null,
        activation: identityActivation,
      }),
    ])
    const x = normal('x', [20, 2], dtype)
    const proxy = (of: Network) => numbers(hessianProxy(of, x, key(0), { samples: 3, sigma: 1 }))
    const expected = proxy(net)
    expect(proxy(steep)).toEqual(expected.map((value) => value * scale))
    expect(Math.max(...expected)).toBeGreaterThan(0)
  })

  it('a total variance is right as long as it has a place', () => {
    const half = Math.sqrt(scale)
    const points = normal('points', [7, 3], dtype)
    const expected = totalVariance(points).item()
    expect(totalVariance(mul(points, half)).item() / scale / expected).toBeCloseTo(1, 6)
    const beyond = totalVariance(mul(points, scale)).item()
    expect(beyond).toBe(scale > 1 ? Infinity : 0)
  })

  it('an inverse is as far off as it is', () => {
    const eye = tensor(
      [
        [
          [1, 0],
          [0, 1],
        ],
      ],
      { dtype },
    )
    const off = biorthogonality(mul(eye, scale), mul(eye, 1)).item()
    expect(off / Math.max(scale, 1)).toBeCloseTo(1, 6)
  })
})

it.each([2 ** -500, 2 ** 500])('singular values of a Jacobian of float64 scale with it: %d', (scale) => {
  const make = () =>
    autoencoder({
      input: 5,
      bottleneck: 3,
      encoderHidden: [8],
      decoderHidden: [7],
      dtype: 'float64',
      seed: 1,
    })
  const model = make()
  const x = normal('x', [6, 5], 'float64')
  const expected = numbers(jacobianSingularValues(model, model.regionCode(x)))
  const { weight } = lastOf(model.decoder)
  weight.value = mul(weight.value, scale)
  expect(numbers(jacobianSingularValues(model, model.regionCode(x)))).toEqual(expected.map((s) => s * scale))
  expect(Math.max(...expected)).toBeGreaterThan(0.01)
})

it.each(['float32', 'float64'] as const)('equal points have no variance at all, in %s', (dtype) => {
  for (const count of [2, 3, 41, 1000]) {
    const rows = Array.from({ length: count }, () => [0.1, 1e20, -3.3e-7])
    expect(totalVariance(tensor(rows, { dtype })).item()).toBe(0)
  }
})

describe.each([Number.NaN, Infinity])('a number that is %s', (bad) => {
  it('makes every measure of it NaN, and no other', () => {
    const G = [
      [1, 2],
      [3, 4],
    ]
    const broken = [
      [1, bad],
      [3, 4],
    ]
    const x = tensor([[1, 2]])
    expect(generatorAlignment(tensor([G]), x, tensor(broken)).item()).toBeNaN()
    expect(generatorAlignment(tensor([broken]), x, tensor(G)).item()).toBeNaN()
    expect(
      generatorAlignment(
        tensor([G]),
        tensor([
          [1, 2],
          [bad, 2],
        ]),
        tensor(G),
      ).item(),
    ).toBeNaN()
    const [good, ...others] = generatorShapes(tensor([G, broken]))
    expect(good.norm).toBeCloseTo(Math.sqrt(30), 6)
    expect(others.flatMap((shape) => Object.values(shape))).toEqual([Number.NaN, Number.NaN, Number.NaN])
    expect(
      totalVariance(
        tensor([
          [1, 2],
          [bad, 2],
        ]),
      ).item(),
    ).toBeNaN()
    const net = networkOf([{ weight: [[3, 4]], bias: null, activation: identityActivation }], 'float32')
    expect(
      numbers(
        hessianProxy(
          net,
          tensor([
            [1, 2],
            [bad, 2],
          ]),
          key(0),
        ),
      ),
    ).toEqual([0, Number.NaN])
  })

  it('in a weight makes singular values NaN', () => {
    const model = autoencoder({ input: 4, bottleneck: 2, dtype: 'float64' })
    const { weight } = lastOf(model.decoder)
    weight.value = mul(weight.value, bad)
    const values = numbers(jacobianSingularValues(model, model.regionCode(normal('x', [2, 4], 'float64'))))
    expect(values).toEqual(values.map(() => Number.NaN))
  })
})
