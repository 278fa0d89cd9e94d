import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { add, init, zeros } from '../../index.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

it('gives back the memory of tensors outside every scope once nobody holds them', async () => {
  const backend = (await init({ backend: 'wasm' })) as unknown as { readonly peakBytes: number }
  const kept = add(zeros([3]), 7)
  const round = async (): Promise<number> => {
    for (let i = 0; i < 200; i++) add(zeros([1000]), 1)
    collectGarbage()
    await new Promise((done) => setTimeout(done, 20))
    return backend.peakBytes
  }
  await round()
  const before = await round()
  for (let i = 0; i < 5; i++) await round()
  expect(await round()).toBe(before)
  expect(kept.toArray()).toEqual([7, 7, 7])
})
