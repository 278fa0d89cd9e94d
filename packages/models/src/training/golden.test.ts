import { readFileSync } from 'node:fs'
import { identityActivation, init, reluActivation, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { Autoencoder, adam, Dense, Network, Trainer } from '../index.ts'

beforeAll(() => init())

interface GoldenLayer {
  W: number[][]
  b: number[]
}

interface GoldenStep {
  step: number
  loss: number
  W_enc0?: number[][]
  W_dec_last?: number[][]
}

interface Golden {
  spec: { lr: number; beta1: number; beta2: number; adam_eps: number }
  enc: GoldenLayer[]
  dec: GoldenLayer[]
  x: number[][]
  trace: GoldenStep[]
}

const golden: Golden = JSON.parse(readFileSync(new URL('./fixtures/train_ae.json', import.meta.url), 'utf8'))

const float64 = (values: number[] | number[][]): Tensor => tensor(values, { dtype: 'float64' })

function networkOf(name: string, layers: readonly GoldenLayer[]): Network {
  const dense = layers.map(({ W, b }, i) => {
    const activation = i < layers.length - 1 ? reluActivation : identityActivation
    return new Dense({ name: `${name}.${i}`, weight: float64(W), bias: float64(b), activation })
  })
  return new Network(dense, name)
}

/** The largest difference of two nested arrays. */
function distance(a: unknown, b: unknown): number {
  const [flatA, flatB] = [a, b].map((nested) => (nested as number[][]).flat())
  expect(flatA.length).toBe(flatB.length)
  return Math.max(...flatA.map((value, i) => Math.abs(value - flatB[i])))
}

describe('fifty Adam steps computed by PyTorch', () => {
  it('are followed to 1e-7 in float64: losses and weights', () => {
    const model = new Autoencoder(networkOf('encoder', golden.enc), networkOf('decoder', golden.dec))
    const { lr: learningRate, beta1, beta2, adam_eps: epsilon } = golden.spec
    const trainer = new Trainer(model, float64(golden.x), {
      epochs: golden.trace.length,
      batchSize: golden.x.length,
      optimizer: adam({ learningRate, beta1, beta2, epsilon }),
    })
    let weightsSeen = 0
    for (const { step, loss, W_enc0, W_dec_last } of golden.trace) {
      if (W_enc0) {
        expect(distance(model.encoder.layers[0].values.weight.value.toArray(), W_enc0)).toBeLessThan(1e-7)
        expect(distance(model.decoder.layers.at(-1)!.values.weight.value.toArray(), W_dec_last)).toBeLessThan(
          1e-7,
        )
        weightsSeen++
      }
      const report = trainer.step()
      trainer.finishEpoch()
      expect(report.step).toBe(step)
      expect(Math.abs(report.values.loss - loss)).toBeLessThan(1e-7)
    }
    expect(weightsSeen).toBe(6)
    trainer.release()
  })
})
