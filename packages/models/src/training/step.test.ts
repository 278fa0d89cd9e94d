import { grad } from '@facet/autograd'
import {
  affine,
  identityActivation,
  init,
  key,
  matmul,
  mean,
  mul,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  zeros,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { autoencoder, Parameter, sgd, Trainer } from '../index.ts'
import { objectiveOf } from '../testing/objective-of.ts'
import { Gradients } from './gradients.ts'
import { trainStep } from './step.ts'
import { trainedParameters } from './tied.ts'

beforeAll(() => init())

describe('trainStep', () => {
  it('retains nothing of what it makes', () => {
    const seen: Tensor[] = []
    const objective = objectiveOf((_model, { x }, { key }) => {
      const noise = key.normal([3])
      seen.push(x, noise)
      return mean(mul(square(noise), sum(x)))
    })
    const model = autoencoder({ input: 2, bottleneck: 1 })
    const trainer = new Trainer(model, zeros([4, 2]), { epochs: 1, batchSize: 4, objective })
    trainer.step()
    expect(seen.length).toBe(2)
    for (const made of seen) expect(() => made.dataSync()).toThrow('was used after its release')
    trainer.release()
  })

  it('goes on without a look at the loss where none is due, to the same weights', () => {
    const trained = (readEvery: number) => {
      const model = autoencoder({ input: 4, bottleneck: 2, seed: 1 })
      const trainer = new Trainer(model, key('data').normal([12, 4]), { epochs: 2, batchSize: 4, readEvery })
      const looks: number[] = []
      while (!trainer.complete) {
        looks.push(Object.keys(trainer.step().values).length)
        if (trainer.epochDone) trainer.finishEpoch()
      }
      const { epochs } = trainer.finish()
      trainer.release()
      return { looks, epochs, weights: model.parameters.map(({ value }) => value.toArray()) }
    }
    const [always, seldom] = [trained(1), trained(2)]
    expect(seldom.weights).toEqual(always.weights)
    expect(always.looks).toEqual([2, 2, 2, 2, 2, 2])
    // The first and the third batch of each epoch.
    expect(seldom.looks).toEqual([2, 0, 2, 2, 0, 2])
    expect(seldom.epochs[0].train.loss).toBeGreaterThan(0)
    expect(() => trained(0)).toThrow('fit: readEvery')
  })

  it('updates a parameter that two objectives share once', () => {
    const shared = new Parameter('shared', tensor([1]))
    const objective = objectiveOf(
      () => sum(shared.value),
      () => [shared],
    )
    const model = autoencoder({ input: 2, bottleneck: 1 })
    const options = { epochs: 1, batchSize: 1, optimizer: sgd({ learningRate: 0.25 }) }
    const trainer = new Trainer(model, zeros([1, 2]), { ...options, objective: [objective, objective] })
    trainer.step()
    expect(shared.value.item()).toBe(0.5) // two objectives, each with gradient 1
    trainer.release()
  })

  it.each([
    ['matmul', [3, 4], (a: Tensor, b: Tensor) => matmul(a, b)],
    ['affine', [4, 3], (a: Tensor, b: Tensor) => affine(a, b, null, identityActivation).output],
  ])('takes a gradient made of another parameter’s numbers before those change (%s)', (_, shape, product) => {
    const a = new Parameter('a', key('a').normal([2, 3], 'float64'))
    const b = new Parameter('b', key('b').normal(shape, 'float64'))
    const parameters = [a, b]
    const loss = ([a, b]: readonly Tensor[]) => mean(square(product(a, b)))
    const gradients = grad(loss)([a.value, b.value])
    const expected = parameters.map(({ value }, i) => sub(value, mul(gradients[i], 0.5)).dataSync())

    const model = autoencoder({ input: 2, bottleneck: 1, dtype: 'float64' })
    const optimizer = sgd({ learningRate: 0.5 }).start(parameters)
    const train = zeros([1, 2], 'float64')
    const run = objectiveOf(
      () => loss([a.value, b.value]),
      () => parameters,
    ).start(model, train, key(0))
    const names = ['own']
    const problem = {
      train: { x: train },
      objectives: { names, runs: [run] },
      parameters: trainedParameters(parameters),
      clip: null,
      target: optimizer,
    }
    const context = { model, names, stepsPerEpoch: 1 }
    trainStep(
      context,
      new Gradients(problem, false),
      Int32Array.of(0),
      { key: key(0), step: 0, epoch: 0, totalSteps: 1 },
      true,
    )
    parameters.forEach(({ value }, p) => {
      value.dataSync().forEach((number, i) => {
        expect(number).toBeCloseTo(expected[p][i], 14)
      })
    })
  })
})
