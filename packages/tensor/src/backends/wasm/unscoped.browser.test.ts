import { expect, it } from 'vitest'
import { add, init, zeros } from '../../index.ts'

it('in a page, too, tensors outside every scope are given back where each is read', async () => {
  const backend = (await init({ backend: 'wasm' })) as unknown as { readonly peakBytes: number }
  const big = zeros([1e6])
  for (let i = 0; i < 700; i++) await add(big, 1).data()
  // All of them would be 2.8 GB.
  expect(backend.peakBytes / 2 ** 20).toBeLessThan(1536)
})
