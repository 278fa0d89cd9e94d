import { expect, it, vi } from 'vitest'
import { add, init, mul, reciprocal, scope, tensor } from '../index.ts'

it('constants are uploaded once; many of them, and −0, take no more room than 1,024', async () => {
  const backend = await init()
  const x = tensor([1, 2])
  const upload = vi.spyOn(backend, 'upload')
  const allocate = vi.spyOn(backend, 'allocate')
  const release = vi.spyOn(backend, 'release')
  const living = () => upload.mock.calls.length + allocate.mock.calls.length - release.mock.calls.length

  for (let step = 0; step < 3; step++) scope(() => void add(x, 0.5))
  expect(upload).toHaveBeenCalledTimes(1)

  for (let i = 0; i < 3000; i++) {
    expect(scope(() => mul(add(x, i), 2).toArray())).toEqual([2 * (i + 1), 2 * (i + 2)])
  }
  // One of them was there before, and 2 came back.
  expect(living()).toBe(1024)

  for (let i = 0; i < 10; i++) scope(() => void mul(x, -0))
  expect(living()).toBe(1024)
  expect(reciprocal(mul(x, -0)).toArray()).toEqual([-Infinity, -Infinity])
  vi.restoreAllMocks()
})
