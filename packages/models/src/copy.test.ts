import { describe, expect, it, vi } from 'vitest'

/** The package and its engine, loaded anew. */
async function copy() {
  vi.resetModules()
  const engine = await import('@facet/tensor')
  const models = await import('./index.ts')
  await engine.init({ backend: 'reference' })
  return { ...engine, ...models }
}

describe('two copies of the package in one program', async () => {
  const [here, there] = [await copy(), await copy()]
  const settings = { input: 4, bottleneck: 2, encoderHidden: [3], decoderHidden: [3], seed: 0 }
  const [ours, theirs] = [here.autoencoder(settings), there.autoencoder(settings)]
  const data = here.ones([2, 4])
  const namedModels = /two copies of @facet\/models are loaded, 0\.1\.0 and 0\.1\.0/

  it.each<[string, () => unknown]>([
    ['trained', () => here.fit(theirs as never, { train: data } as never, { epochs: 1, batchSize: 2 })],
    ['saved', () => here.saveModel(theirs as never)],
    ['scored', () => here.rowErrors(theirs as never, data)],
    ['explained', () => here.explain(theirs as never, data)],
    [
      'asked for its code',
      () => ours.decoder.localAffine(theirs.regionCode(there.ones([2, 4])).decoder as never),
    ],
  ])('are named where what the other made is %s', async (_, use) => {
    await expect((async () => use())()).rejects.toThrow(namedModels)
  })

  it('are named by their engine where its tensors come in', () => {
    expect(() => ours.forward(there.ones([2, 4]) as never)).toThrow(/two copies of @facet\/tensor are loaded/)
  })
})
