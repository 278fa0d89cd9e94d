import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { add, init, zeros } from '../../index.ts'

setFlagsFromString('--expose-gc')
const runCollector: () => void = runInNewContext('gc')

const sleep = (): Promise<void> => new Promise((done) => setTimeout(done, 20))
const told = new FinalizationRegistry<() => void>((tell) => tell())

/** Collects what nobody holds, until registries have been told of what was made last. */
async function collectGarbage(): Promise<void> {
  let isTold = false
  const tell = (): void => {
    isTold = true
  }
  told.register({}, tell)
  while (!isTold) {
    runCollector()
    await sleep()
  }
  await sleep()
}

it('gives back the memory of tensors outside every scope once nobody holds them', async () => {
  const backend = (await init({ backend: 'wasm' })) as unknown as { readonly peakBytes: number }
  const kept = add(zeros([3]), 7)
  const round = async (): Promise<number> => {
    for (let i = 0; i < 200; i++) add(zeros([1000]), 1)
    await collectGarbage()
    return backend.peakBytes
  }
  await round()
  const before = await round()
  for (let i = 0; i < 5; i++) await round()
  expect(await round()).toBe(before)
  expect(kept.toArray()).toEqual([7, 7, 7])
})
