import { init, key } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'

beforeAll(() => init({ backend: 'wasm' }))

/** FNV-1a of the bytes. */
function digest(values: ArrayBufferView): string {
  let hash = 0x811c9dc5
  for (const byte of new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0).toString(16)
}

describe('random numbers in the page', () => {
  it('are those of every other machine, to the last bit', async () => {
    expect(Array.from(await key(0).normal([3], 'float64').data())).toEqual([
      -0.3904891162185131, -0.3567906227225586, -0.7068794606305066,
    ])
    expect(digest(await key('page').normal([100_000], 'float64').data())).toBe('b228abc2')
    expect(digest(await key('page').normal([100_000]).data())).toBe('e684fd17')
    expect(digest(await key('page').uniform([100_000], { low: -1, high: 2, dtype: 'float64' }).data())).toBe(
      '887a5c1b',
    )
    expect(digest(await key('page').uniform([100_000], { low: -1, high: 2 }).data())).toBe('eebb5022')
  })

  it('are also those of plain JavaScript there', () => {
    expect(digest(key('page').normalArray(100_000))).toBe('b228abc2')
  })
})
