import { type Autoencoder, adam, type Objective, Trainer } from '@facet/models'
import { init, type Tensor } from '@facet/tensor'
import { gpu } from '@facet/tensor/gpu'
import { expect } from 'vitest'

/** What is trained. */
export interface Training {
  /** Made on the backend that is chosen. */
  readonly model: () => Autoencoder
  readonly data: () => Tensor
  readonly objective: () => readonly Objective[]
  readonly steps: number
}

/** The losses of a run, one a step, and every weight at its end. */
async function trajectory(backend: string, { model, data, objective, steps }: Training): Promise<number[][]> {
  await init({ backend })
  const made = model()
  const trainer = new Trainer(made, data(), {
    epochs: steps,
    batchSize: 16,
    optimizer: adam({ learningRate: 1e-3 }),
    objective: objective(),
    replay: false,
  })
  const losses: number[] = []
  while (losses.length < steps) {
    losses.push(trainer.step().values.loss)
    if (trainer.epochDone) trainer.finishEpoch()
  }
  trainer.release()
  return [losses, ...made.parameters.map(({ value }) => Array.from(value.dataSync()))]
}

/** Expects the losses and the weights of the two backends to be 1e-3 apart at most, of their size. */
export async function expectSameTrajectory(training: Training): Promise<void> {
  const want = await trajectory('wasm', training)
  const got = await trajectory('gpu', training)
  got.forEach((values, i) => {
    const size = Math.sqrt(want[i].reduce((sum, x) => sum + x * x, 0))
    const apart = Math.sqrt(values.reduce((sum, x, j) => sum + (x - want[i][j]) ** 2, 0))
    expect(apart / size, i === 0 ? 'losses' : `parameter ${i}`).toBeLessThan(1e-3)
  })
}

/** What a step moves to the device and back, and how many textures it leaves, on the average of the last five of nine. */
export async function trafficOf(
  model: () => Autoencoder,
  data: () => Tensor,
  objective: () => readonly Objective[],
): Promise<{ movedIn: number; movedOut: number; textures: number }> {
  await init({ backend: 'gpu' })
  const { traffic, liveTextures } = await gpu.backend()
  const trainer = new Trainer(model(), data(), {
    ...{ epochs: 1, batchSize: 16, objective: objective(), replay: false, readEvery: 9 },
  })
  for (let step = 0; step < 4; step++) trainer.step()
  const [before, alive] = [traffic(), liveTextures()]
  for (let step = 4; step < 9; step++) expect(trainer.step().values).toEqual({})
  const after = traffic()
  const textures = liveTextures() - alive
  expect(Object.keys(trainer.step().values)).toContain('loss')
  trainer.release()
  return {
    movedIn: (after.uploads - before.uploads) / 5,
    movedOut: after.readbacks - before.readbacks,
    textures,
  }
}
