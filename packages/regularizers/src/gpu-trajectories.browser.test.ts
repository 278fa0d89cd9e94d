import { autoencoder, type Objective, reconstruction } from '@facet/models'
import { key } from '@facet/tensor'
import '@facet/tensor/gpu'
import { describe, expect, it } from 'vitest'
import {
  denoising,
  higherOrderContractive,
  lieGroupFirstOrder,
  lieGroupSecondOrder,
  skewSymmetric,
} from './index.ts'
import { expectSameTrajectory, trafficOf } from './testing/gpu-training.ts'

const STEPS = 50

const objectives: Readonly<Record<string, () => Objective[]>> = {
  reconstruction: () => [reconstruction()],
  denoising: () => [denoising()],
  higherOrderContractive: () => [reconstruction(), higherOrderContractive()],
  lieGroupFirstOrder: () => [reconstruction(), lieGroupFirstOrder({ generators: skewSymmetric() })],
  lieGroupSecondOrder: () => [reconstruction(), lieGroupSecondOrder({ generators: skewSymmetric() })],
}

/** Tensors that a step moves to the device: the indices of its batch, and its random draws. */
const movedIn: Readonly<Record<string, number>> = {
  reconstruction: 1,
  denoising: 2,
  higherOrderContractive: 2,
  lieGroupFirstOrder: 3,
  lieGroupSecondOrder: 3,
}

const sizes = { input: 12, encoderHidden: [16], bottleneck: 3, decoderHidden: [16] } as const
const model = () => autoencoder({ ...sizes, bottleneckActivation: 'relu', seed: 0 })

describe("a training step on 'gpu' moves its batch and its draws in, and nothing out before somebody looks", () => {
  for (const [name, objective] of Object.entries(objectives)) {
    it(name, async () => {
      const found = await trafficOf(model, () => key('traffic').normal([160, 12]), objective)
      expect(found).toEqual({ movedIn: movedIn[name], movedOut: 0, textures: 0 })
    })
  }
})

describe(`${STEPS} training steps on 'gpu' go where those on 'wasm' go, to 1e-3`, () => {
  for (const [name, objective] of Object.entries(objectives)) {
    it(name, () =>
      expectSameTrajectory({
        model,
        data: () => key('trajectories').normal([32, 12]),
        objective,
        steps: STEPS,
      }),
    )
  }
})
