import { init, key } from '@facet/tensor'
import { gpu } from '@facet/tensor/gpu'
import { describe, expect, it } from 'vitest'
import { autoencoder } from '../build/autoencoder.ts'
import { adamW } from './adam-w.ts'
import type { TrainerOptions } from './options.ts'
import { Trainer } from './trainer.ts'

// All that fit together are tried at once: each option's kernels have to be made, some 5 s for one.
const options: Readonly<Record<string, Partial<TrainerOptions>>> = {
  'clipGradient: value': { clipGradient: { value: 0.01 } },
  together: { accumulate: 2, batchSize: 8, ema: 0.9, clipGradient: { norm: 0.05 } },
}

const start = (more: Partial<TrainerOptions>) => {
  const model = autoencoder({
    input: 12,
    encoderHidden: [16],
    bottleneck: 3,
    bottleneckActivation: 'relu',
    decoderHidden: [16],
    seed: 0,
  })
  const trainer = new Trainer(model, key('options').normal([32, 12]), {
    ...{ epochs: 10, batchSize: 16, optimizer: adamW({ learningRate: 1e-3, weightDecay: 0.5 }) },
    ...more,
  })
  return { model, trainer }
}

describe("training options on 'gpu'", () => {
  for (const [name, more] of Object.entries(options)) {
    it(`${name}: goes where 'wasm' goes, to 1e-3`, async () => {
      const train = async (backend: string) => {
        await init({ backend })
        const { model, trainer } = start(more)
        while (!trainer.complete) {
          trainer.step()
          if (trainer.epochDone) trainer.finishEpoch()
        }
        trainer.finish()
        trainer.release()
        return model.parameters.map(({ value }) => Array.from(value.dataSync()))
      }
      const [want, got] = [await train('wasm'), await train('gpu')]
      got.forEach((values, i) => {
        const size = Math.sqrt(want[i].reduce((sum, x) => sum + x * x, 0))
        const apart = Math.sqrt(values.reduce((sum, x, j) => sum + (x - want[i][j]) ** 2, 0))
        expect(apart / size, `parameter ${i}`).toBeLessThan(1e-3)
      })
    })
  }

  it('read nothing back and keep nothing in a step nobody looks at', async () => {
    await init({ backend: 'gpu' })
    const { traffic, liveTextures } = await gpu.backend()
    const { trainer } = start({ ...options.together, batchSize: 2, readEvery: 7 })
    for (let step = 0; step < 3; step++) trainer.step()
    const [before, alive] = [traffic(), liveTextures()]
    for (let step = 3; step < 7; step++) expect(trainer.step().values).toEqual({})
    expect(traffic().readbacks - before.readbacks).toBe(0)
    expect(liveTextures()).toBe(alive)
    expect(Object.keys(trainer.step().values)).toContain('gradientNorm')
    trainer.release()
  })
})
