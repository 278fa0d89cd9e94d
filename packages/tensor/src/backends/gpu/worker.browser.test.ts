import { init } from '@facet/tensor'
import { gpu } from '@facet/tensor/gpu'
import { expect, it } from 'vitest'

it('computes in a worker, on a canvas that is not of the page', async () => {
  await init({ backend: 'gpu' })
  const { device } = await gpu.backend()
  const worker = new Worker(new URL('./testing/in-worker.ts', import.meta.url), { type: 'module' })
  const answer = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = ({ message }) => reject(new Error(message))
  })
  worker.terminate()
  const { renderer, vendor } = device
  const isSupported = { renderer, vendor, software: true }
  expect(answer).toEqual({ isSupported, renderer, values: Float32Array.of(1, 2, 3) })
  expect(gpu.isSupported()).toEqual(isSupported)
  expect(device.software).toBe(true)
})
