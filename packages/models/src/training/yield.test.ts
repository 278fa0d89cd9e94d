import { describe, expect, it, vi } from 'vitest'
import { Slice, yieldToEventLoop } from './yield.ts'

describe('yieldToEventLoop', () => {
  it('lets what waits in the event loop run first', async () => {
    const seen: string[] = []
    setImmediate(() => seen.push('event'))
    await yieldToEventLoop()
    expect(seen).toEqual(['event'])
  })

  it.each([
    ['setImmediate', ['setImmediate']],
    ['setImmediate nor messages, as in jsdom,', ['setImmediate', 'MessageChannel']],
  ])('works where there is neither a scheduler nor %s', async (_, missing) => {
    for (const name of missing) vi.stubGlobal(name, undefined)
    try {
      await expect(yieldToEventLoop()).resolves.toBeUndefined()
    } finally {
      vi.unstubAllGlobals()
    }
  })
})

describe('Slice', () => {
  it('waits for the event loop before a piece of work would make it 12 ms', async () => {
    let now = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now)
    try {
      const slice = new Slice()
      const yieldedAfter = async (milliseconds: number): Promise<boolean> => {
        now += milliseconds
        let isTurn = false
        setImmediate(() => {
          isTurn = true
        })
        await slice.breathe()
        return isTurn
      }
      expect(await yieldedAfter(3)).toBe(false)
      await yieldToEventLoop()
      expect(await yieldedAfter(3)).toBe(false)
      await yieldToEventLoop()
      expect(await yieldedAfter(3)).toBe(true) // 9 ms gone, another 3 would make 12
      expect(await yieldedAfter(3)).toBe(false)
      await yieldToEventLoop()
      expect(await yieldedAfter(20)).toBe(true)
    } finally {
      clock.mockRestore()
    }
  })
})
