import { describe, expect, it } from 'vitest'
import { stopwatch } from './stopwatch.ts'

describe('stopwatch', () => {
  it('runs synchronous work until the block is long enough', async () => {
    let runs = 0
    const watch = stopwatch({ kind: 'synchronous', run: () => void runs++ })
    // How many runs that takes says the machine. A block is taken again unless it is half as long as asked for.
    const seconds = await watch.block(0.002)
    expect(seconds).toBeGreaterThan(0)
    expect(seconds * runs).toBeGreaterThan(0.001)
  })

  it('waits for deferred work before it begins anew', async () => {
    let [running, most] = [0, 0]
    const watch = stopwatch({
      kind: 'deferred',
      async run() {
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 1))
        running--
      },
    })
    expect(await watch.block(0.004)).toBeGreaterThan(0.0005)
    expect(most).toBe(1)
  })

  it('asks a loop that runs elsewhere for more repetitions until the block is long enough', async () => {
    const asked: number[] = []
    const watch = stopwatch({
      kind: 'own',
      async seconds(repetitions) {
        asked.push(repetitions)
        return repetitions * 0.001
      },
    })
    expect(await watch.block(0.02)).toBeCloseTo(0.001, 12)
    expect(asked).toEqual([1, 20])
    await watch.block(0.02)
    expect(asked).toEqual([1, 20, 20])
  })

  it.each([
    ['synchronous', { kind: 'synchronous' as const, run: () => broken() }],
    ['deferred', { kind: 'deferred' as const, run: async () => broken() }],
  ])('passes on what %s work throws', async (_, clock) => {
    await expect(stopwatch(clock).block(0.001)).rejects.toThrow('out of order')
  })
})

function broken(): never {
  throw new Error('out of order')
}
