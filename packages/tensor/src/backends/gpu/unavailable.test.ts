import { init, tensor } from '@facet/tensor'
import { gpu } from '@facet/tensor/gpu'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type CreateContext, headlessContexts } from './headless.ts'
import { loadGpuJs } from './load-gpu-js.ts'

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

describe('gpu.useHeadless', () => {
  const refusedWith = async (createContext: CreateContext, why: string) => {
    gpu.useHeadless(createContext)
    expect(gpu.isSupported()).toBe(false)
    await expect(init({ backend: 'gpu' })).rejects.toThrow(
      `init: backend 'gpu': expected WebGL2 with float textures, but ${why}; init({ backend: 'wasm' }) computes everywhere`,
    )
  }

  it('says how to give a display to a machine that has none', () =>
    refusedWith(
      () => null,
      'headless GL has made no context: it draws through a display, which `xvfb-run -a node …` gives to a machine without one',
    ))

  it('says which version has WebGL2 where an older one is given', () =>
    refusedWith(() => ({}), 'this headless GL has no WebGL2, which gl 9.0.0-rc.10 has'))
})

describe('without the package gpu.js', () => {
  afterEach(() => vi.doUnmock('gpu.js'))

  it('says which version to add and where else to compute', async () => {
    vi.doMock('gpu.js', () => {
      throw new Error('not installed')
    })
    const source = headlessContexts(() => null)
    await expect(loadGpuJs({} as WebGL2RenderingContext, source)).rejects.toThrow(
      /^init: backend 'gpu': expected the package gpu\.js 2\.24\.1, an optional peer of @facet\/tensor: .*; init\({ backend: 'wasm' }\) computes everywhere$/s,
    )
  })
})
