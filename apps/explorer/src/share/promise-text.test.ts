import { describe, expect, it } from 'vitest'
import { promiseText } from './promise-text.ts'

const status = { promise: 'kept', checksum: '1a2b3c4d', backend: 'wasm' } as const

describe('promiseText', () => {
  it('says nothing without a promise, and before the weights are there', () => {
    expect(promiseText({ promised: null, step: 1 }, status)).toBeNull()
    expect(promiseText({ promised: '1a2b3c4d', step: 1 }, { ...status, promise: null })).toBeNull()
    expect(promiseText({ promised: '1a2b3c4d', step: 1 }, { ...status, checksum: null })).toBeNull()
  })

  it('says that the weights are those of the link', () => {
    expect(promiseText({ promised: '1a2b3c4d', step: 1500 }, status)).toEqual({
      outcome: 'kept',
      text: 'Weights 1a2b3c4d after 1,500 steps: the same bits as the link promised.',
    })
  })

  it.each([
    ['wasm', 'It was made by another version of this page.'],
    ['reference', 'Plain loops have other last digits than WebAssembly.'],
  ])('says why they may be others with %s', (backend, why) => {
    expect(promiseText({ promised: '00000001', step: 1 }, { ...status, promise: 'broken', backend })).toEqual(
      {
        outcome: 'broken',
        text: `Weights 1a2b3c4d after 1 step: not those of the link, 00000001. ${why}`,
      },
    )
  })
})
