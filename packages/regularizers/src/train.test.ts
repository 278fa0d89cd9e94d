import { adam, fit, reconstruction } from '@facet/models'
import { init } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { fixedPairs, fullFrom, lieGroupFirstOrder } from './index.ts'
import { float64, type Golden, goldenModel, readGolden, relativeError } from './testing/golden.ts'

beforeAll(() => init())

interface Trajectory extends Pick<Golden, 'enc' | 'dec' | 'G' | 'x' | 'theta' | 'theta_p'> {
  readonly spec: Golden['spec'] & { lr: number; beta1: number; beta2: number; adam_eps: number; lam: number }
  readonly trace: {
    step: number
    mse: number
    reg: number
    loss: number
    W_enc0?: number[][]
    W_dec_last?: number[][]
    G?: number[][][]
  }[]
}

it('repeats 50 Adam steps of another program to 1e-7, generators included', async () => {
  const golden = readGolden<Trajectory>('train_lie1')
  const { spec, trace } = golden
  const model = goldenModel(golden)
  const term = lieGroupFirstOrder({
    weight: spec.lam,
    ridge: { absolute: spec.ridge },
    generators: fullFrom(golden.G),
    sampler: fixedPairs(float64(golden.theta), float64(golden.theta_p)),
  })
  const seen: number[] = []
  await fit(model, float64(golden.x), {
    epochs: 50,
    batchSize: golden.x.length,
    optimizer: adam({ learningRate: spec.lr, beta1: spec.beta1, beta2: spec.beta2, epsilon: spec.adam_eps }),
    objective: [reconstruction(), term],
    onStep({ step, values }, _progress, [, run]) {
      const { mse, reg, loss } = trace[step]
      seen.push(step)
      expect(
        relativeError([values.mse, values.lieGroupFirstOrder, values.loss], [mse, reg, loss]),
        `step ${step}`,
      ).toBeLessThan(1e-7)
      const after = trace[step + 1]
      if (after.G !== undefined) {
        expect(
          relativeError(run.generators.matrices().toArray(), after.G),
          `G after ${step + 1}`,
        ).toBeLessThan(1e-7)
        expect(
          relativeError(model.encoder.layers[0].values.weight.value.toArray(), after.W_enc0),
        ).toBeLessThan(1e-7)
        expect(
          relativeError(
            model.decoder.layers[model.decoder.layers.length - 1].values.weight.value.toArray(),
            after.W_dec_last,
          ),
        ).toBeLessThan(1e-7)
      }
    },
  })
  expect(seen).toHaveLength(50)
})
