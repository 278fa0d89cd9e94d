import { init, key } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { fit } from './index.ts'

beforeAll(() => init())

/** Near a plane of two dimensions in six; `turn` is another plane. */
function stream(seed: string, turn = 0) {
  const mixing = key('mixing').normalArray(24)
  return (chunk: number, count: number): number[][] => {
    const codes = key(seed)
      .child('codes', chunk)
      .normalArray(2 * count)
    const noise = key(seed)
      .child('noise', chunk)
      .normalArray(6 * count)
    return Array.from({ length: count }, (_, i) =>
      Array.from({ length: 6 }, (_, j) => {
        const [a, b] = [codes[2 * i], codes[2 * i + 1]]
        const k = 2 * ((j + turn) % 6)
        return a * mixing[k] + b * mixing[k + 1] + 0.1 * noise[6 * i + j]
      }),
    )
  }
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

describe('partialFit', () => {
  it('leaves a model of the same data as good as it was, and says that nothing has changed', async () => {
    const rows = stream('a')
    const model = await fit(rows(0, 500), { bottleneck: 2 })
    const test = rows(1, 1000)
    const before = mean(model.score(test))
    let last: Awaited<ReturnType<typeof model.partialFit>> | undefined
    for (let chunk = 2; chunk < 32; chunk++) last = await model.partialFit(rows(chunk, 32))
    expect(mean(model.score(test))).toBeLessThan(1.15 * before)
    expect(last).toMatchObject({ rows: 32, changed: false })
    expect(last!.threshold).toBe(model.threshold)
    const alarms = mean(model.isAnomaly(test).map(Number))
    expect(alarms).toBeLessThan(0.03)
  })

  it.each([0, 1, 2])('does no harm with its first calls, seed %i', async (seed) => {
    const rows = stream(`harm ${seed}`)
    const model = await fit(rows(0, 500), { bottleneck: 2, seed })
    const test = rows(1, 1000)
    const before = mean(model.score(test))
    for (let chunk = 2; chunk < 7; chunk++) {
      await model.partialFit(rows(chunk, 32))
      expect(mean(model.score(test)) / before).toBeLessThan(1.02)
    }
  })

  it('says that the data are no longer the same, learns the new ones and does not forget the old', async () => {
    const [old, other] = [stream('a'), stream('b', 3)]
    const model = await fit(old(0, 500), { bottleneck: 4 })
    const [oldTest, newTest] = [old(1, 500), other(1, 500)]
    const [oldBefore, newBefore] = [mean(model.score(oldTest)), mean(model.score(newTest))]
    const said: boolean[] = []
    for (let chunk = 2; chunk < 42; chunk++) {
      const { changed } = await model.partialFit(other(chunk, 32), { epochs: 4 })
      said.push(changed)
    }
    expect(said.indexOf(true)).toBeGreaterThanOrEqual(0)
    expect(said.indexOf(true)).toBeLessThan(8)
    expect(mean(model.score(newTest))).toBeLessThan(0.5 * newBefore)
    expect(mean(model.score(oldTest))).toBeLessThan(2.5 * oldBefore)
  })

  it('takes chunks of any size, down to one row and none', async () => {
    const rows = stream('a')
    const model = await fit(rows(0, 100), { bottleneck: 2, epochs: 5 })
    for (const count of [1, 1, 3, 0, 50, 7]) {
      const { rows: used, error } = await model.partialFit(rows(count + 10, count))
      expect(used).toBe(count)
      expect(Number.isNaN(error)).toBe(count === 0)
    }
  })

  it('takes one call after the other, however they are made', async () => {
    const rows = stream('a')
    const [one, other] = [await fit(rows(0, 100), { epochs: 3 }), await fit(rows(0, 100), { epochs: 3 })]
    const together = await Promise.all([1, 2, 3].map((chunk) => one.partialFit(rows(chunk, 20))))
    const apart = []
    for (const chunk of [1, 2, 3]) apart.push(await other.partialFit(rows(chunk, 20)))
    expect(together).toEqual(apart)
    expect(one.score(rows(9, 5))).toEqual(other.score(rows(9, 5)))
  })

  it('leaves out rows that cannot be used, and says what is missing of pairs and losses', async () => {
    const rows = stream('a')
    const model = await fit(rows(0, 100), { epochs: 3 })
    const holes: (number | null)[][] = rows(1, 10)
    holes[4][2] = null
    expect((await model.partialFit(holes)).rows).toBe(9)
    await expect(model.partialFit(rows(1, 4), { target: rows(1, 4) })).rejects.toThrow(
      'partialFit: target: expected none',
    )
    const pairs = await fit(rows(0, 100), { target: rows(0, 100), epochs: 3 })
    await expect(pairs.partialFit(rows(1, 4))).rejects.toThrow(
      'partialFit: target: expected what the rows are to become',
    )
    expect((await pairs.partialFit(rows(1, 4), { target: rows(1, 4) })).rows).toBe(4)
    await expect(model.partialFit([[1]])).rejects.toThrow('partialFit: row 0: expected 6 numbers, got 1')
  })

  it('stops at a signal, with what it has learned so far', async () => {
    const rows = stream('a')
    const model = await fit(rows(0, 100), { epochs: 3 })
    const stop = new AbortController()
    let steps = 0
    const { rows: used } = await model.partialFit(rows(1, 500), {
      epochs: 1000,
      signal: stop.signal,
      onProgress: ({ step }) => {
        steps = step
        if (step === 5) stop.abort()
      },
    })
    expect([used, steps]).toEqual([500, 5])
    await expect(
      model.partialFit(rows(2, 5), { signal: AbortSignal.abort(new Error('no')) }),
    ).rejects.toThrow('no')
  })
})
