import { expect, it } from 'vitest'
import { isNativeMessage, mutantsOf } from './mutants.ts'

const file = new TextEncoder().encode('{"a":[1,2],"b":{"c":"text"}}\n')

it('makes the same mutants of the same seed, and others of another', () => {
  const made = (seed: number) => [...mutantsOf(file, 'json', 50, seed)]
  expect(made(1)).toEqual(made(1))
  expect(made(1)).not.toEqual(made(2))
  expect(made(1).filter(({ bytes }) => Buffer.from(bytes).equals(file))).toEqual([])
})

it("knows JavaScript's own messages from ours", () => {
  const own = (f: () => unknown): string => {
    try {
      f()
    } catch (error) {
      return (error as Error).message
    }
    return ''
  }
  const natives = [
    () => JSON.parse('{'),
    () => (undefined as never as { a: number }).a,
    () => new Array(-1),
    () => new Float32Array(-1),
    () => [...(3 as never as [])],
    () => new Float32Array(new ArrayBuffer(3)),
  ].map(own)
  expect(natives.filter((message) => !isNativeMessage(message))).toEqual([])
  expect(isNativeMessage('a.json: version: expected 1 or 2, got 3')).toBe(false)
})
