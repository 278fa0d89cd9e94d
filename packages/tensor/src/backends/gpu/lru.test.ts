import { expect, it } from 'vitest'
import { Lru } from './lru.ts'

it('makes a value once and evicts the one unused for longest', () => {
  const evicted: string[] = []
  const made: string[] = []
  const cache = new Lru<string>(2, (value) => evicted.push(value))
  const take = (key: string) =>
    cache.take(key, () => {
      made.push(key)
      return key.toUpperCase()
    })
  expect([take('a'), take('b'), take('a'), take('c'), take('a'), take('b')]).toEqual([...'ABACAB'])
  expect(made).toEqual(['a', 'b', 'c', 'b'])
  expect(evicted).toEqual(['B', 'C'])
  expect(cache.size).toBe(2)
})
