import { add, init, ones, tensor } from '@facet/tensor'
import { gpu } from '@facet/tensor/gpu'
import { expect, it } from 'vitest'

it('says which device and which limits it has', async () => {
  expect(gpu.isSupported()).toMatchObject({ software: true })
  const { device } = await init({ backend: 'gpu' })
  expect(device?.renderer).toMatch(/SwiftShader|llvmpipe/)
  expect(device?.longestSide).toBeGreaterThanOrEqual(2048)
})

it("leaves WebGPU's own interface in its place", async () => {
  const before = (globalThis as { GPU?: unknown }).GPU
  await init({ backend: 'gpu' })
  expect((globalThis as { GPU?: unknown }).GPU).toBe(before)
})

it('a lost context is an error that says what is lost, never zeros, and a new one can be had', async () => {
  await init({ backend: 'gpu' })
  const backend = await gpu.backend()
  const x = ones([3])
  const pending = x.data()
  backend.loseContext()
  const lost = /the WebGL context was lost, and with it the numbers of every tensor on the device/
  await expect(pending).rejects.toThrow(lost)
  expect(() => x.dataSync()).toThrow(lost)
  expect(() => add(x, x)).toThrow(lost)
  expect(() => tensor([1])).toThrow(lost)
  await expect(x.data()).rejects.toThrow(lost)
  x.dispose()
  await init({ backend: 'gpu' })
  expect(Array.from(await add(ones([3]), 1).data())).toEqual([2, 2, 2])
})
