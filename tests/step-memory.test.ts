import type { ClipGradient } from '@facet/models'
import { beforeEach, describe, expect, it, vi } from 'vitest'

/** A heap that nobody has used: a peak never goes back. */
beforeEach(() => void vi.resetModules())

/** Bytes at the peak of some first-order steps beyond parameters, their moments and the data; batch 16, ten latent dimensions. */
async function peakOfStep(d: number, replay: boolean, clipGradient?: ClipGradient): Promise<number> {
  const { init, key, scope } = await import('@facet/tensor')
  const { autoencoder, reconstruction, Trainer } = await import('@facet/models')
  const { lieGroupFirstOrder } = await import('@facet/regularizers')
  const backend = (await init({ backend: 'wasm' })) as unknown as { readonly peakBytes: number }
  const before = backend.peakBytes
  const data = scope(() => key('memory').normal([64, d]))
  const model = autoencoder({
    input: d,
    encoderHidden: [64, 64],
    bottleneck: 10,
    bottleneckActivation: 'relu',
    decoderHidden: [64, 64, 64],
  })
  const objective = [reconstruction(), lieGroupFirstOrder()]
  const trainer = new Trainer(model, data, { epochs: 2, batchSize: 16, objective, replay, clipGradient })
  while (!trainer.complete) {
    trainer.step()
    if (trainer.epochDone) trainer.finishEpoch()
  }
  const { peakBytes } = backend
  expect(trainer.finish().execution.replayed).toBe(replay ? 6 : 0)
  trainer.release()
  const numbers = [model, ...trainer.objectives]
    .flatMap(({ parameters }) => parameters)
    .reduce((sum, { value }) => sum + value.size, 0)
  return peakBytes - before - 4 * (3 * numbers + data.size)
}

describe('the first-order step', () => {
  it.each([
    [128, true],
    [128, false],
    [784, true],
    [784, true, { norm: 1e-3 }], // the products of the generators' factors would be 25 MB
  ] as const)(
    'needs 8·N·h·d numbers and a megabyte besides what it trains (d = %i, replay %o, bound %o)',
    async (d, replay, clip?: ClipGradient) => {
      expect(await peakOfStep(d, replay, clip)).toBeLessThanOrEqual(8 * 16 * 10 * d * 4 + 2 ** 20)
    },
  )
})
