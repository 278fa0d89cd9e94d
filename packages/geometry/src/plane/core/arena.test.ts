import { expect, it } from 'vitest'
import { Arena } from './arena.ts'

it('says that 4 GiB are full, also where more than 2 GiB are asked for at once', () => {
  for (const bytes of [2 ** 32, 1.5 * 2 ** 32, 5 * 2 ** 30]) {
    const arena = new Arena()
    arena.take(100)
    expect(() => arena.take(bytes)).toThrow('planePartition: the memory of 4 GiB is full')
  }
})

it('hands out places of 16 bytes one after another', () => {
  const arena = new Arena()
  const first = arena.take(1)
  expect(arena.take(17)).toBe(first + 16)
  expect(arena.take(1)).toBe(first + 48)
})
