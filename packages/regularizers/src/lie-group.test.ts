import { grad, valueAndContributions } from '@facet/autograd'
import { adam, type Dense, fit, type Parameter, reconstruction, withValues } from '@facet/models'
import { add, init, key, mul, scope, type Tensor, zerosLike } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  fixed,
  fixedPairs,
  full,
  type LieGroupOptions,
  type LieGroupSecondOrderOptions,
  lieGroupFirstOrder,
  lieGroupSecondOrder,
  type SamplerContext,
  skewSymmetric,
} from './index.ts'
import { float64, largest } from './testing/golden.ts'
import { numbersOf, smallData, smallModel, startedOn, termOf, termOfRun } from './testing/small-model.ts'
import { transposed } from './testing/transposed.ts'

beforeAll(() => init())

const makers = { lieGroupFirstOrder, lieGroupSecondOrder } as const
type Order = keyof typeof makers
const orders = Object.keys(makers) as Order[]

/** Gradients of a loss by the model's parameters, by name. */
function gradientsOf(
  order: Order,
  options: LieGroupSecondOrderOptions,
  model = smallModel(),
): Record<string, number> {
  const run = startedOn(makers[order](options as LieGroupOptions), model)
  const parameters: Parameter[] = [...model.parameters, ...run.parameters]
  const gradients = grad((values: readonly Tensor[]) =>
    withValues(parameters, values, () => termOfRun(run).loss),
  )(parameters.map(({ value }) => value))
  return Object.fromEntries(parameters.map(({ name }, i) => [name, largest(gradients[i].toArray())]))
}

describe.each(orders)('%s', (order) => {
  const make = (options: LieGroupOptions = {}) => makers[order](options)

  it('uses the stated defaults', () => {
    expect(make().settings).toEqual({
      weight: 0.01,
      penalty: 'squared',
      sampler: 'normal',
      'sampler.noise': 0.1,
      pairs: 'batch',
      generators: 'full',
      generatorLearningRate: 'network',
      initialScale: 0.01,
      ridge: '{"relative":0.00001}',
      method: 'ridge',
      differentiateEpsilon: false,
      ...(order === 'lieGroupSecondOrder' && { neighbours: 'dichotomic' }),
    })
  })

  it('takes as many pairs as the batch has samples, or as told', () => {
    const asked: number[] = []
    const sampler = {
      name: 'listening',
      sample({ pairs, bottleneck, key }: SamplerContext) {
        asked.push(pairs)
        const points = key.normal([pairs, bottleneck], 'float64')
        return { theta: points, thetaPrime: mul(points, 1.1) }
      },
    }
    termOf(make({ sampler }), smallModel(), smallData(5))
    termOf(make({ sampler, pairs: 11 }), smallModel(), smallData(5))
    expect(asked).toEqual([5, 11])
  })

  it('tells its sampler whether codes can be below 0', () => {
    const heard: boolean[] = []
    const sampler = {
      name: 'listening',
      sample(context: SamplerContext) {
        heard.push(context.nonNegative)
        return { theta: context.codes(), thetaPrime: mul(context.codes(), 1.1) }
      },
    }
    termOf(make({ sampler }), smallModel())
    termOf(make({ sampler }), smallModel({ bottleneckActivation: 'relu' }))
    termOf(make({ sampler }), smallModel({ bottleneckActivation: 'leakyRelu' }))
    expect(heard).toEqual([false, true, false])
  })

  it('draws other pairs for another key', () => {
    const value = (seed: number) => numbersOf(termOf(make(), smallModel(), smallData(), seed))[order]
    expect(value(0)).not.toBe(value(1))
  })

  it.each(['codeBox', 'aroundCodes', 'interpolate'] as const)(
    'leaves the encoder without a gradient under %s',
    (sampler) => {
      const gradients = gradientsOf(order, { sampler })
      expect(gradients['encoder.0.weight']).toBe(0)
      expect(gradients['encoder.1.bias']).toBe(0)
      expect(gradients['decoder.0.weight']).toBeGreaterThan(0)
    },
  )

  it('leaves the gradient of full generators as factors', () => {
    const run = startedOn(make({ pairs: 4 }), smallModel())
    const [generators] = run.parameters
    const columns = order === 'lieGroupFirstOrder' ? 1 : 2
    scope(() => {
      const { contributions } = valueAndContributions((values: readonly Tensor[]) =>
        withValues([generators], values, () => termOfRun(run).loss),
      )([generators.value])
      const [factors] = contributions[0]
      if (!('left' in factors)) throw new Error('the product was computed')
      expect(contributions[0]).toHaveLength(1)
      expect(factors.left.shape).toEqual([4 * columns, 2 * 3])
      expect(factors.right.shape).toEqual([4 * columns, 3])
      expect(factors.shape).toEqual([2, 3, 3])
    })
  })

  it('gives its generators their own learning rate and initial scale', () => {
    const run = startedOn(make({ generatorLearningRate: 0.03, initialScale: 5 }), smallModel())
    expect(run.parameters.map((parameter) => parameter.learningRate)).toEqual([0.03])
    expect(largest(run.generators.matrices().toArray())).toBeGreaterThan(3)
  })

  it('makes generators of its own for every training, the same ones for the same key', () => {
    const objective = make()
    const [first, second] = [smallModel(), smallModel()].map(
      (model) => startedOn(objective, model).generators,
    )
    expect(first.parameters[0]).not.toBe(second.parameters[0])
    expect(first.matrices().toArray()).toEqual(second.matrices().toArray())
  })

  it('keeps skew generators skew while they are trained', async () => {
    const seen: unknown[] = []
    const { objectives } = await fit(smallModel(), smallData(), {
      epochs: 4,
      batchSize: 8,
      optimizer: adam(),
      objective: [
        reconstruction(),
        make({ weight: 1, generators: skewSymmetric(), generatorLearningRate: 0.1 }),
      ],
      onEpoch: (_record, _progress, [, run]) => void seen.push(run.generators.matrices().toArray()),
    })
    const after = objectives[1].generators.matrices()
    expect(after.toArray()).toEqual(seen[3])
    expect(after.toArray()).not.toEqual(seen[0])
    expect(largest(add(after, transposed(after)).toArray())).toBe(0)
  })

  it('leaves fixed generators as they are', async () => {
    const known = key(5).normal([2, 3, 3], 'float64').toArray() as number[][][]
    const { objectives } = await fit(smallModel(), smallData(), {
      epochs: 2,
      batchSize: 8,
      optimizer: adam(),
      objective: [reconstruction(), make({ weight: 1, generators: fixed(known) })],
    })
    expect(objectives[1].generators.matrices().toArray()).toEqual(known)
  })

  it('reports what may have fooled it', () => {
    const objective = startedOn(make(), smallModel())
    const report = objective.diagnostics(smallData(), key(3))
    expect(report.decoderVariance).toBeGreaterThan(0)
    expect(report.unexplainedFraction).toBeGreaterThan(0)
    expect(report.unexplainedFraction).toBeLessThanOrEqual(1)
    expect(report.epsilon).toHaveLength(2)
    expect(report.liveUnits).toBe(2)
    expect(report.bottleneckUnits).toBe(2)
    expect(report.withoutNeighbour).toBeGreaterThanOrEqual(0)
    expect(objective.diagnostics(smallData(), key(3))).toEqual(report)
  })

  it('reports ε times the norm of its generator, which does not change with their scale', () => {
    const known = key(5).normal([2, 3, 3], 'float64')
    const report = (scale: number) => {
      const objective = startedOn(make({ generators: fixed(mul(known, scale)) }), smallModel())
      return objective.diagnostics(smallData(), key(3)) as Record<'epsilon' | 'epsilonTimesNorm', number[]>
    }
    const [one, ten] = [report(1), report(10)]
    for (const k of [0, 1]) {
      expect(one.epsilon[k] / ten.epsilon[k]).toBeCloseTo(10, 8)
      expect(one.epsilonTimesNorm[k] / ten.epsilonTimesNorm[k]).toBeCloseTo(1, 8)
    }
  })

  it('solves single pairs as its diagnostics do on average', () => {
    const objective = startedOn(make(), smallModel())
    const { epsilon, norms, found } = objective.epsilonOfPairs(smallData(), key(3), 128)
    expect([epsilon.shape, norms.shape, found.shape]).toEqual([[128, 2], [2], [128]])
    const rows = (epsilon.toArray() as number[][]).filter((_, p) => found.dataSync()[p] === 1)
    const means = [0, 1].map((k) => rows.reduce((sum, row) => sum + Math.abs(row[k]), 0) / rows.length)
    const sizes = norms.toArray() as number[]
    const report = objective.diagnostics(smallData(), key(3)) as Record<
      'epsilon' | 'epsilonTimesNorm',
      number[]
    >
    for (const k of [0, 1]) {
      expect(means[k] / report.epsilon[k]).toBeCloseTo(1, 10)
      expect((means[k] * sizes[k]) / report.epsilonTimesNorm[k]).toBeCloseTo(1, 10)
    }
    expect(() => objective.epsilonOfPairs(smallData(), key(3), 0)).toThrow(
      `${order}.epsilonOfPairs: pairs: expected an integer of at least 1, got 0`,
    )
  })

  it('sees a constant decoder and dead ReLU units', () => {
    const model = smallModel({ bottleneckActivation: 'relu' })
    const objective = startedOn(make(), model)
    const last = (network: typeof model.encoder) => network.layers[network.layers.length - 1] as Dense
    last(model.decoder).weight.value = zerosLike(last(model.decoder).weight.value)
    last(model.encoder).weight.value = zerosLike(last(model.encoder).weight.value)
    last(model.encoder).bias!.value = float64([-1, 1])
    const report = objective.diagnostics(smallData(), key(3))
    expect(report.decoderVariance).toBeCloseTo(0, 20)
    expect(report.liveUnits).toBe(1)
    expect(report.unexplainedFraction).toBe(0)
  })

  it('names the option that it cannot use', () => {
    const ask = (options: object) => () => make(options)
    expect(ask({ weight: -1 })).toThrow(`${order}: weight: expected a finite number of at least 0, got -1`)
    expect(ask({ penalty: 'huber' })).toThrow(
      `${order}: penalty: expected one of squared, plain, relative, got 'huber'`,
    )
    expect(ask({ sampler: 'uniform' })).toThrow(
      `${order}: sampler: expected one of normal, codeBox, aroundCodes, interpolate, got 'uniform'`,
    )
    expect(ask({ pairs: 0 })).toThrow(`${order}: pairs: expected an integer of at least 1, got 0`)
    expect(ask({ generators: 'skew' })).toThrow(
      `${order}: generators: expected full(), skewSymmetric(), …, got 'skew'`,
    )
    expect(ask({ generatorLearningRate: 'fast' })).toThrow(
      `${order}: generatorLearningRate: expected a finite number`,
    )
    expect(ask({ initialScale: -1 })).toThrow(
      `${order}: initialScale: expected a finite number of at least 0, got -1`,
    )
    expect(ask({ ridge: { relative: -1 } })).toThrow(
      `${order}: ridge.relative: expected a finite number of at least 0, got -1`,
    )
    expect(ask({ method: 'svd' })).toThrow(`${order}: method: expected one of ridge, minimumNorm, got 'svd'`)
  })

  it('solves by the minimum norm without a ridge', () => {
    const { loss } = termOf(make({ method: 'minimumNorm', generators: full(4) }), smallModel())
    expect(Number.isFinite(loss.item())).toBe(true)
  })

  it('says which fixed pairs or generators do not fit the model', () => {
    const pairs = fixedPairs(float64([[1]]), float64([[2]]))
    expect(() => termOf(make({ sampler: pairs }), smallModel())).toThrow('fixedPairs: expected pairs [P, 2]')
    expect(() => termOf(make({ generators: fixed([[[1]]]) }), smallModel())).toThrow(
      'fixed: expected matrices [count, 3, 3]',
    )
  })
})

describe('lieGroupFirstOrder', () => {
  it('knows no neighbours', () => {
    expect(() => lieGroupFirstOrder({ neighbours: 'exact' } as LieGroupOptions)).toThrow(
      "unknown option 'neighbours'",
    )
  })

  it('is 0 for an affine decoder off the origin and the generator that moves along it, which diagnostics expose', () => {
    // D(θ) = (θ₁, θ₂, 1) and G_k moves by e_k: R1 is 0 with nothing learned, so it says nothing
    // (docs/mathematics.md 5.8).
    const model = smallModel({ decoderHidden: [] })
    const [layer] = model.decoder.layers as Dense[]
    layer.weight.value = float64([
      [1, 0],
      [0, 1],
      [0, 0],
    ])
    layer.bias!.value = float64([0, 0, 1])
    const shift = [
      [
        [0, 0, 1],
        [0, 0, 0],
        [0, 0, 0],
      ],
      [
        [0, 0, 0],
        [0, 0, 1],
        [0, 0, 0],
      ],
    ]
    const objective = startedOn(
      lieGroupFirstOrder({ generators: fixed(shift), ridge: { absolute: 0 } }),
      model,
    )
    expect(numbersOf(termOfRun(objective)).lieGroupFirstOrder).toBeLessThan(1e-25)
    const report = objective.diagnostics(smallData(), key(3))
    expect(report.unexplainedFraction).toBeLessThan(1e-15)
    expect(report.decoderVariance).toBeGreaterThan(1)
  })
})

describe('lieGroupSecondOrder', () => {
  it('has no gradient to biases', () => {
    const gradients = gradientsOf('lieGroupSecondOrder', {})
    const [biases, weights] = [/^decoder.*bias$/, /^decoder.*weight$/].map((kind) =>
      Object.entries(gradients).flatMap(([name, size]) => (kind.test(name) ? [size] : [])),
    )
    expect(biases).toEqual([0, 0])
    expect(Math.min(...weights)).toBeGreaterThan(0)
  })

  it.each(['dichotomic', 'exact'] as const)(
    'is 0 for a decoder without walls, and says that %s found none',
    (neighbours) => {
      const term = termOf(lieGroupSecondOrder({ neighbours }), smallModel({ decoderHidden: [] }))
      expect(numbersOf(term)).toEqual({ lieGroupSecondOrder: 0, withoutNeighbour: 1 })
    },
  )

  it('counts every random pair', () => {
    const term = termOf(lieGroupSecondOrder({ neighbours: 'randomPairs' }), smallModel())
    expect(numbersOf(term).withoutNeighbour).toBe(0)
  })

  it('says which single pairs have no neighbour', () => {
    const objective = startedOn(lieGroupSecondOrder(), smallModel({ decoderHidden: [] }))
    const { epsilon, found } = objective.epsilonOfPairs(smallData(), key(0), 3)
    expect([...found.dataSync()]).toEqual([0, 0, 0])
    expect(largest(epsilon.toArray())).toBe(0)
  })

  it('leaves pairs without a neighbour out of the mean', () => {
    // One ReLU unit: its wall is θ₁ = 0. The second pair runs along it and meets none.
    const model = smallModel({ decoderHidden: [1] })
    const [hidden, last] = model.decoder.layers as Dense[]
    hidden.weight.value = float64([[1, 0]])
    hidden.bias!.value = float64([0])
    last.weight.value = float64([[1], [2], [2]])
    const theta = float64([
      [1, 0],
      [1, 0],
    ])
    const thetaPrime = float64([
      [0.5, 0],
      [1, 1],
    ])
    const value = (neighbours: 'dichotomic' | 'exact' | 'randomPairs') =>
      numbersOf(termOf(lieGroupSecondOrder({ neighbours, sampler: fixedPairs(theta, thetaPrime) }), model))
    // A^D is (1, 2, 2)ᵀ e₁ᵀ before the wall and 0 behind it, where no generator helps.
    const found = { lieGroupSecondOrder: 9, withoutNeighbour: 0.5 }
    expect(value('exact')).toEqual(found)
    expect(value('dichotomic')).toEqual(found)
    expect(value('randomPairs')).toEqual({ lieGroupSecondOrder: 0, withoutNeighbour: 0 })
  })

  it('reports how much of the tangents its generators leave', () => {
    const objective = startedOn(lieGroupSecondOrder(), smallModel())
    const report = objective.diagnostics(smallData(), key(3))
    expect(report.unexplainedTangentFraction).toBeGreaterThan(0)
    expect(report.unexplainedTangentFraction).not.toBe(report.unexplainedFraction)
  })

  it('refuses an unknown choice of neighbours', () => {
    expect(() => lieGroupSecondOrder({ neighbours: 'nearest' as 'exact' })).toThrow(
      "lieGroupSecondOrder: neighbours: expected one of dichotomic, exact, randomPairs, got 'nearest'",
    )
  })
})
