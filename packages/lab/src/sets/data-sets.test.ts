import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { loadSet } from './data-sets.ts'
import { checkSetNames } from './set-names.ts'

beforeAll(() => startEngine())

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-sets-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Four images of 1 × 2 pixels a part, as MNIST's files are. */
function writeMnist(into: string): void {
  for (const part of ['train', 't10k']) {
    const images = Uint8Array.of(
      0,
      0,
      8,
      3,
      0,
      0,
      0,
      4,
      0,
      0,
      0,
      1,
      0,
      0,
      0,
      2,
      0,
      255,
      51,
      0,
      0,
      0,
      255,
      255,
    )
    writeFileSync(join(into, `${part}-images-idx3-ubyte`), images)
    writeFileSync(join(into, `${part}-labels-idx1-ubyte`), Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 4, 1, 2, 3, 4))
  }
}

const settings = (changes: object = {}) => ({ data: null, seed: 0, samples: null, ...changes })

describe('loading a set', () => {
  it('keeps so many samples of either part of a generated set, the same for a seed', async () => {
    const once = await loadSet('CBF', settings({ samples: 10 }))
    expect([once.train.shape, once.test.shape]).toEqual([
      [10, 128],
      [10, 128],
    ])
    expect(once.testLabels).toHaveLength(10)
    const whole = (await loadSet('CBF', settings())).test.toArray() as number[][]
    const kept = (once.test.toArray() as number[][]).map((row) =>
      whole.findIndex((other) => other[0] === row[0]),
    )
    expect(kept).toEqual([...kept].sort((a, b) => a - b))
    expect(kept).not.toContain(-1)
    const again = await loadSet('CBF', settings({ samples: 10 }))
    expect(again.train.toArray()).toEqual(once.train.toArray())
  })

  it('keeps all where there are no more', async () => {
    expect((await loadSet('CBF', settings({ samples: 100_000 }))).train.shape).toEqual([30, 128])
  })

  it.each(['.', 'MNIST'])('finds MNIST in %s of the folder, pixels / 255', async (where) => {
    mkdirSync(join(folder, where), { recursive: true })
    writeMnist(join(folder, where))
    await expect(checkSetNames(['MNIST'], folder)).resolves.toBeUndefined()
    const { train, image } = await loadSet('MNIST', settings({ data: folder }))
    expect(image).toEqual({ height: 1, width: 2, channels: 1 })
    expect((train.toArray() as number[][])[1][0]).toBeCloseTo(0.2, 6)
    expect((await loadSet('MNIST', settings({ data: folder, samples: 2 }))).test.shape).toEqual([2, 2])
  })

  it('names the sets that there are', async () => {
    await expect(loadSet('MNIST', settings())).rejects.toThrow(
      'set MNIST: expected one of CBF, SyntheticControl, or --data',
    )
  })
})
