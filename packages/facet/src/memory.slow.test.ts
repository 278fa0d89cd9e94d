import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { OnlineTrainer } from '@facet/models'
import { init, key, memory, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { type FittedModel, fit, load } from './index.ts'

setFlagsFromString('--expose-gc')
const runCollector: () => void = runInNewContext('gc')

const told = new FinalizationRegistry<() => void>((tell) => tell())

/** Collects what nobody holds, until registries have been told of what was made last. */
async function collectGarbage(): Promise<void> {
  let isTold = false
  told.register({}, () => {
    isTold = true
  })
  while (!isTold) {
    runCollector()
    await new Promise((done) => setTimeout(done, 20))
  }
  await new Promise((done) => setTimeout(done, 20))
  runCollector()
}

let backend: { readonly peakBytes: number }
beforeAll(async () => {
  backend = (await init({ backend: 'wasm' })) as unknown as typeof backend
})

const rows = (count: number): number[][] => {
  const values = key('rows').normalArray(16 * count)
  return Array.from({ length: count }, (_, i) => Array.from(values.subarray(16 * i, 16 * i + 16)))
}
const [data, one] = [rows(200), rows(1)]

const small = (seed = 0): Promise<FittedModel> => fit(data, { bottleneck: 3, epochs: 1, seed })

async function now() {
  await collectGarbage()
  const { rss, heapUsed } = process.memoryUsage()
  const { tensors, bytes } = memory()
  return { rss, heapUsed, tensors, bytes, peak: backend.peakBytes }
}

const megabytes = (count: number): number => count * 2 ** 20

/** Windows of three rounds that are looked at: a process may once keep pages of its allocator, while what leaks grows in every window. */
const windows = 3

/** Does it twice to warm up, then three times more: tensors and the engine's memory must be as they were, the process's nearly so. */
async function expectFlat(round: () => Promise<void> | void, options = { peak: 0 }): Promise<void> {
  await round()
  await round()
  const growths: { readonly heap: number; readonly rss: number }[] = []
  while (growths.length < windows) {
    const before = await now()
    for (let i = 0; i < 3; i++) await round()
    const after = await now()
    expect({ tensors: after.tensors, bytes: after.bytes }).toEqual({
      tensors: before.tensors,
      bytes: before.bytes,
    })
    expect(after.peak - before.peak).toBeLessThanOrEqual(options.peak)
    const [heap, rss] = [after.heapUsed - before.heapUsed, after.rss - before.rss]
    if (heap < megabytes(2) && rss < megabytes(16)) return
    growths.push({ heap, rss })
  }
  expect(growths, 'grew in every window').toEqual([])
}

describe('memory is flat', () => {
  it('over models that are fitted, used and disposed, 200 a round', async () => {
    await expectFlat(async () => {
      for (let i = 0; i < 200; i++) {
        const model = await small(i)
        model.score(data)
        model.dispose()
      }
    })
  })

  it('over models that nobody disposes: the collector finds them', async () => {
    // Where a model lies when the collector comes is chance: some more rooms, but not one for each of 600.
    await expectFlat(
      async () => {
        for (let i = 0; i < 200; i++) (await small(i)).score(data)
        await collectGarbage()
      },
      { peak: megabytes(4) },
    )
  })

  it('over 10,000 scores a round, without a scope, and all else that a model answers', async () => {
    const model = await small()
    await expectFlat(() => {
      for (let i = 0; i < 10_000; i++) model.score(i % 100 === 0 ? data : one)
    })
    await expectFlat(() => {
      for (let i = 0; i < 500; i++) {
        model.explain(one)
        model.encode(one)
        model.reconstruct(one)
        model.outside(one)
        model.isAnomaly(one)
        model.pValues(one)
      }
    })
    model.dispose()
  })

  it('over 10,000 steps a round', async () => {
    const { model } = await small()
    const trainer = new OnlineTrainer(model)
    const batch = tensor(Float32Array.from(data.slice(0, 32).flat()), { shape: [32, 16] })
    // A step in ten thousand leaves some hundred bytes where a handle was written anew.
    await expectFlat(
      () => {
        for (let i = 0; i < 10_000; i++) trainer.step(batch)
      },
      { peak: 4096 },
    )
    trainer.release()
  })

  it('over a stream of 10,000 rows a round, and files of its model', async () => {
    const model = await small()
    await expectFlat(async () => {
      for (let i = 0; i < 313; i++) await model.partialFit(data.slice(0, 32))
    })
    await expectFlat(async () => {
      for (let i = 0; i < 50; i++) {
        const loaded = await load(await model.save())
        loaded.score(one)
        loaded.dispose()
      }
    })
    model.dispose()
  })
})
