import { expect, it } from 'vitest'
import { init, matmul, ones } from '../../../index.ts'

it('a page that its server isolates computes on two threads, and starts them again after another backend', async () => {
  expect(crossOriginIsolated).toBe(true)
  const product = async (): Promise<number> => {
    await init({ backend: 'wasm', relaxedSimd: false, threads: 2 })
    const [a, b] = [ones([64, 512]), ones([512, 2512])]
    return (await matmul(a, b).data())[64 * 2512 - 1]
  }
  expect(await product()).toBe(512)
  await init({ backend: 'reference' })
  expect(await product()).toBe(512)
})
