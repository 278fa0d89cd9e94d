import { adam, autoencoder, type Objective, reconstruction, Trainer } from '@facet/models'
import { init, key } from '@facet/tensor'
import { gpu } from '@facet/tensor/gpu'
import { describe, expect, it } from 'vitest'
import {
  denoising,
  higherOrderContractive,
  lieGroupFirstOrder,
  lieGroupSecondOrder,
  skewSymmetric,
} from './index.ts'

const STEPS = 50

const objectives: Readonly<Record<string, () => Objective[]>> = {
  reconstruction: () => [reconstruction()],
  denoising: () => [denoising()],
  higherOrderContractive: () => [reconstruction(), higherOrderContractive()],
  lieGroupFirstOrder: () => [reconstruction(), lieGroupFirstOrder({ generators: skewSymmetric() })],
  lieGroupSecondOrder: () => [reconstruction(), lieGroupSecondOrder({ generators: skewSymmetric() })],
}

/** The losses of a run, one a step, and every weight at its end. */
async function trajectory(backend: string, objective: readonly Objective[]): Promise<number[][]> {
  await init({ backend })
  const data = key('trajectories').normal([32, 12])
  const model = autoencoder({ input: 12, encoderHidden: [16], bottleneck: 3, decoderHidden: [16], seed: 0 })
  const trainer = new Trainer(model, data, {
    epochs: STEPS,
    batchSize: 16,
    optimizer: adam({ learningRate: 1e-3 }),
    objective,
    replay: false,
  })
  const losses: number[] = []
  while (losses.length < STEPS) {
    losses.push(trainer.step().values.loss)
    if (trainer.epochDone) trainer.finishEpoch()
  }
  trainer.release()
  return [losses, ...model.parameters.map(({ value }) => Array.from(value.dataSync()))]
}

/** Tensors that a step moves to the device: the indices of its batch, and its random draws. */
const movedIn: Readonly<Record<string, number>> = {
  reconstruction: 1,
  denoising: 2,
  higherOrderContractive: 2,
  lieGroupFirstOrder: 3,
  lieGroupSecondOrder: 3,
}

describe("a training step on 'gpu' moves its batch and its draws in, and nothing out before somebody looks", () => {
  for (const [name, make] of Object.entries(objectives)) {
    it(name, async () => {
      await init({ backend: 'gpu' })
      const { traffic, liveTextures } = await gpu.backend()
      const model = autoencoder({
        input: 12,
        encoderHidden: [16],
        bottleneck: 3,
        decoderHidden: [16],
        seed: 0,
      })
      const trainer = new Trainer(model, key('traffic').normal([160, 12]), {
        ...{ epochs: 1, batchSize: 16, objective: make(), replay: false, readEvery: 9 },
      })
      for (let step = 0; step < 4; step++) trainer.step()
      const [before, alive] = [traffic(), liveTextures()]
      for (let step = 4; step < 9; step++) expect(trainer.step().values).toEqual({})
      const after = traffic()
      expect((after.uploads - before.uploads) / 5).toBe(movedIn[name])
      expect(after.readbacks - before.readbacks).toBe(0)
      expect(liveTextures()).toBe(alive)
      expect(Object.keys(trainer.step().values)).toContain('loss')
      trainer.release()
    })
  }
})

describe(`${STEPS} training steps on 'gpu' go where those on 'wasm' go, to 1e-3`, () => {
  for (const [name, make] of Object.entries(objectives)) {
    it(name, async () => {
      const want = await trajectory('wasm', make())
      const got = await trajectory('gpu', make())
      got.forEach((values, i) => {
        const size = Math.sqrt(want[i].reduce((sum, x) => sum + x * x, 0))
        const apart = Math.sqrt(values.reduce((sum, x, j) => sum + (x - want[i][j]) ** 2, 0))
        expect(apart / size, i === 0 ? 'losses' : `parameter ${i}`).toBeLessThan(1e-3)
      })
    })
  }
})
