import { grad } from '@facet/autograd'
import { init, key, matmul, mean, mul, square, sub, type Tensor, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { autoencoder, type Objective, Parameter, sgd } from '../index.ts'
import { trainStep } from './step.ts'

beforeAll(() => init())

/** Two matrices whose product shall be zero: the gradient of each is a product with the other. */
function productObjective(a: Parameter, b: Parameter): Objective {
  return {
    name: 'product',
    parameters: [a, b],
    prepare: () => {},
    loss: () => ({ loss: mean(square(matmul(a.value, b.value))), values: {} }),
    diagnostics: () => ({}),
  }
}

describe('trainStep', () => {
  it('takes every gradient at the weights before the step, also where one parameter’s is made of another’s numbers', () => {
    const draw = (name: string, shape: number[]) => key(name).normal(shape, 'float64')
    const a = new Parameter('a', draw('a', [2, 3]))
    const b = new Parameter('b', draw('b', [3, 4]))
    const loss = ([a, b]: readonly Tensor[]) => mean(square(matmul(a, b)))
    const gradients = grad(loss)([a.value, b.value])
    const expected = [a, b].map(({ value }, i) => sub(value, mul(gradients[i], 0.5)).dataSync())

    const model = autoencoder({ input: 2, bottleneck: 1, dtype: 'float64' })
    const parameters = [a, b]
    const optimizer = sgd({ learningRate: 0.5 }).start(parameters)
    const train = zeros([1, 2], 'float64')
    const objectives = [productObjective(a, b)]
    const context = { model, train, objectives, parameters, optimizer, stepsPerEpoch: 1, totalSteps: 1 }
    trainStep(context, Int32Array.of(0), key(0), 0)
    parameters.forEach(({ value }, p) => {
      value.dataSync().forEach((number, i) => {
        expect(number).toBeCloseTo(expected[p][i], 14)
      })
    })
  })
})
