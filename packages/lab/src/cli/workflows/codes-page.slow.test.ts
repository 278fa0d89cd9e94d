import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { exitCode } from '../exit-code.ts'
import { type Ended, facetProcess } from '../testing/facet-process.ts'
import { digits, writeDigits } from './testing/digit-images.ts'
import { readTable } from './testing/read-csv.ts'
import { temporaryFolder } from './testing/temporary.ts'

const count = 600

const at = temporaryFolder('codes-page')
const [images, labels] = [at('new-images-idx3-ubyte'), at('new-labels-idx1-ubyte')]
let own: number[]
let trained: Ended

beforeAll(async () => {
  writeDigits(at('train-images-idx3-ubyte'), at('train-labels-idx1-ubyte'), 1200, 1)
  own = writeDigits(images, labels, count, 2)
  trained = await facetProcess([
    'train',
    '--data',
    at('train-images-idx3-ubyte'),
    '--labels-file',
    at('train-labels-idx1-ubyte'),
    '--bottleneck',
    '2',
    '--epochs',
    '60',
    '--out',
    at('model'),
  ]).ended
}, 600_000)

describe('images of digits in IDX, with a file of labels beside them', () => {
  it('are trained on without the labels', () => {
    expect(trained.code).toBe(exitCode.ok)
    expect(trained.err).toContain('1200 rows')
    expect(trained.err).toContain('256')
  })

  it('have a code each, with its label, and codes of a digit lie together', async () => {
    const { code } = await facetProcess([
      'encode',
      at('model'),
      images,
      '--labels-file',
      labels,
      '--out',
      at('codes.csv'),
    ]).ended
    expect(code).toBe(exitCode.ok)
    const codes = readTable(at('codes.csv'))
    expect(codes.head).toEqual(['label', 'z1', 'z2'])
    expect(codes.text('label').map(Number)).toEqual(own)
    const [x, y] = [codes.numbers('z1'), codes.numbers('z2')]
    const nearest = own.map((_, i) => {
      let best = -1
      for (let j = 0; j < count; j++) {
        const distance = (k: number): number => Math.hypot(x[i] - x[k], y[i] - y[k])
        if (j !== i && (best < 0 || distance(j) < distance(best))) best = j
      }
      return own[best]
    })
    const right = nearest.filter((label, i) => label === own[i]).length
    // By chance a quarter.
    expect(right / count).toBeGreaterThan(0.9)
  })

  it('are a page of codes: every image is a point that says its row and label', async () => {
    const drawn = await facetProcess([
      'draw',
      'codes',
      at('model'),
      images,
      '--labels-file',
      labels,
      '--out',
      at('codes.html'),
    ]).ended
    expect(drawn).toMatchObject({ code: exitCode.ok })
    const page = readFileSync(at('codes.html'), 'utf8')
    expect(page).toMatch(/^<!doctype html>/i)
    const told = [...page.matchAll(/<title>row (\d+), label (\d)<\/title>/g)]
    expect(told).toHaveLength(count)
    const labelOf = new Map(told.map(([, row, label]) => [Number(row), Number(label)]))
    expect(own.map((_, i) => labelOf.get(i + 1))).toEqual(own)
    expect(page).toContain('Codes of 600 rows in the bottleneck of 2 numbers.')
    for (const digit of digits) expect(page).toContain(`>${digit}<`)
  })
})
