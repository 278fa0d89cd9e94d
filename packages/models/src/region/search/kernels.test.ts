import { readFileSync } from 'node:fs'
import { instantiated } from '@facet/tensor/testing'
import { beforeEach, expect, it, vi } from 'vitest'

const nearest = readFileSync(new URL('../../../kernels/nearest.wasm', import.meta.url))

// What was compiled is kept for as long as the modules are there.
beforeEach(() => void vi.resetModules())

it('nearest regions are sought by the kernel that init was given', async () => {
  const { init } = await import('@facet/tensor')
  const { startKernel } = await import('./kernels.ts')
  const given = await WebAssembly.compile(nearest)
  await init({ kernels: given })
  const modules = instantiated()
  startKernel(1000)
  expect(modules).toEqual([given])
})

it('a kernel of another version is refused, and not done without', async () => {
  const { init } = await import('@facet/tensor')
  const { startKernel } = await import('./kernels.ts')
  const other = new Uint8Array(nearest)
  other.set(new TextEncoder().encode('0123456789ab'), other.length - 12)
  await init({ kernels: other })
  expect(() => startKernel(1000)).toThrow(
    /^init: kernels: expected models\/nearest of version [0-9a-f]{12}, as this engine calls it, got version 0123456789ab/,
  )
})
