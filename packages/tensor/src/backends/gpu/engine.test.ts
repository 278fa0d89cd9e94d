import { init, tensor } from '@facet/tensor'
import { gpu } from '@facet/tensor/gpu'
import { describe, expect, it } from 'vitest'

describe("'gpu' where there is no WebGL2", () => {
  it('is not supported, and says so', () => {
    expect(gpu.isSupported()).toBe(false)
  })

  it('is refused with what is missing and where else to compute, and the backend stays', async () => {
    const before = await init({ backend: 'reference' })
    await expect(init({ backend: 'gpu' })).rejects.toThrow(
      "init: backend 'gpu': expected WebGL2 with float textures, but there is neither a document nor an OffscreenCanvas here (in Node: add the package gl 9.0.0-rc.10 and give its default export to gpu.useHeadless); init({ backend: 'wasm' }) computes everywhere",
    )
    expect(tensor([1]).toArray()).toEqual([1])
    expect(before.name).toBe('reference')
  })
})
