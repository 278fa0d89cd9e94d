import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { fillDraws, type Law, toOpenUnit } from '../../random/draws.ts'
import { inverseNormal } from '../../random/inverse-normal.ts'
import { key } from '../../random/key.ts'
import { makeWorkspace } from './draws.ts'
import { Heap } from './heap.ts'
import { type WasmBackend, wasmBackend } from './index.ts'
import { compile, instantiate, type Module } from './module.ts'
import { processors } from './threads/processors.ts'
import { expectSameOnTwoThreads } from './threads/testing.ts'

type Floats = Float32Array | Float64Array

const arrays = { float32: Float32Array, float64: Float64Array } as const

let backend: WasmBackend
beforeAll(async () => {
  backend = await wasmBackend({ relaxedSimd: true })
})

/** As plain bits: NaN and −0 count too, and the test runner is slow with long arrays. */
const bytesOf = ({ buffer, byteOffset, byteLength }: Floats): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

function expectSameBits(drawn: Floats, expected: Floats): void {
  if (Buffer.compare(bytesOf(drawn), bytesOf(expected)) === 0) return
  const at = expected.findIndex((value, i) => !Object.is(value, drawn[i]))
  expect([at, drawn[at]]).toEqual([at, expected[at]])
}

/** Draws into the middle of a buffer and holds it against JavaScript, and what lies around it against what was there. */
function expectLikeJavaScript(words: Uint32Array, law: Law, dtype: keyof typeof arrays, size: number): void {
  const expected = new arrays[dtype](size + 2).fill(77)
  fillDraws(words, law, expected.subarray(1, size + 1))
  const buffer = backend.allocate(dtype, size + 2)
  backend.write(buffer, new arrays[dtype](size + 2).fill(77))
  backend.draw!(backend.view(buffer, 1, size), law, words)
  expectSameBits(backend.readSync(buffer) as Floats, expected)
  backend.release(buffer)
}

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const keys = fc.tuple(word, word, word, word).map((words) => Uint32Array.from(words))
const dtypes = fc.constantFrom('float32' as const, 'float64' as const)
const bound = fc.double({ min: -1e30, max: 1e30, noNaN: true }).map(Math.fround)
const laws: fc.Arbitrary<Law> = fc.oneof(
  fc.constant<Law>({ kind: 'normal', deviation: 1 }),
  fc.double({ min: 0, max: 1e30, noNaN: true }).map<Law>((deviation) => ({ kind: 'normal', deviation })),
  fc
    .tuple(bound, bound)
    .filter(([a, b]) => a !== b)
    .map<Law>(([a, b]) => ({ kind: 'uniform', low: Math.min(a, b), high: Math.max(a, b) })),
)

describe('draws in the kernels', () => {
  it('have the bits of JavaScript, and touch nothing beside them', () => {
    fc.assert(fc.property(keys, laws, dtypes, fc.integer({ min: 0, max: 100 }), expectLikeJavaScript), {
      numRuns: 500,
    })
  })

  it('have them at every length about the chunks of 512', () => {
    const words = Uint32Array.of(1, 2 ** 32 - 1, 2 ** 31, 7)
    for (const dtype of ['float32', 'float64'] as const) {
      for (const size of [...Array(70).keys(), 511, 512, 513, 527, 528, 529, 1023, 1024, 1025, 1536, 5000]) {
        expectLikeJavaScript(words, { kind: 'normal', deviation: 1 }, dtype, size)
        expectLikeJavaScript(words, { kind: 'uniform', low: -3, high: 0.5 }, dtype, size)
      }
    }
  })

  it.each(['float32', 'float64'] as const)('have them in long draws, %s, far into the tails', (dtype) => {
    const words = Uint32Array.of(3, 1, 4, 1)
    expectLikeJavaScript(words, { kind: 'normal', deviation: 1 }, dtype, 500_001)
    expectLikeJavaScript(words, { kind: 'uniform', low: 0, high: 1 }, dtype, 500_001)
    const expected = new Float64Array(500_001)
    fillDraws(words, { kind: 'normal', deviation: 1 }, expected)
    expect(expected.reduce((most, z) => Math.max(most, Math.abs(z)), 0)).toBeGreaterThan(4.5)
  })

  it('give low where a uniform rounds to high', () => {
    for (const [low, high] of [
      [1, 1 + 2 ** -22],
      [0, 2 ** -148],
      [-(2 ** 24), 2 - 2 ** 24],
      [-0, 2 ** -149],
    ]) {
      const law = { kind: 'uniform', low, high } as const
      expectLikeJavaScript(Uint32Array.of(9, 8, 7, 6), law, 'float32', 3000)
      expectLikeJavaScript(Uint32Array.of(9, 8, 7, 6), { ...law, high: low + 2 ** -51 }, 'float64', 3000)
    }
    expectLikeJavaScript(
      Uint32Array.of(1, 1, 1, 1),
      { kind: 'uniform', low: -(2 ** 1023), high: 2 ** 1022 },
      'float64',
      999,
    )
  })

  it.skipIf(processors() < 2)('are the same on memory that two threads share', () =>
    expectSameOnTwoThreads(() => [
      key(1).normal([300, 500]),
      key(1).normal([100_001], 'float64'),
      key(2).uniform([100_001], { low: -1, high: 3 }),
      key(2).uniform([100_001], { dtype: 'float64' }),
    ]),
  )
})

describe('the normals of words', () => {
  let module: Module
  let heap: Heap
  let workspace: number
  beforeAll(async () => {
    heap = new Heap(new WebAssembly.Memory({ initial: 64, maximum: 65536 }))
    module = await instantiate(await compile(false), heap.memory)
    workspace = makeWorkspace(heap, module)
  })

  /** @param words two for each draw */
  function expectNormals(words: Uint32Array): number {
    const count = words.length / 2
    const block = heap.allocate('float64', count)
    new Uint32Array(heap.memory.buffer, block.pointer, 2 * count).set(words)
    module.normals(count, block.pointer, workspace)
    const expected = new Float64Array(count)
    for (let i = 0; i < count; i++) expected[i] = inverseNormal(toOpenUnit(words[2 * i], words[2 * i + 1]))
    expectSameBits(heap.view(block) as Float64Array, expected)
    heap.release(block)
    return expected.reduce((most, z) => Math.max(most, Math.abs(z)), 0)
  }

  /** Words of p and 1 − p, with p of `bits` bits behind 52 − bits zeros. */
  const tail = fc
    .tuple(fc.integer({ min: 0, max: 52 }), fc.bigInt({ min: 0n, max: 2n ** 52n - 1n }), fc.boolean())
    .map(([bits, value, isUpper]) => {
      const p = value >> BigInt(52 - bits)
      const k = isUpper ? 2n ** 52n - 1n - p : p
      return [Number(k >> 26n) * 64, Number(k & (2n ** 26n - 1n)) * 64]
    })

  it('have the bits of JavaScript in the centre and in both tails, alone and mixed', () => {
    let most = 0
    const draws = fc.array(tail, { minLength: 1, maxLength: 512 }).map((pairs) => {
      const words = new Uint32Array(16 * Math.ceil(pairs.length / 8)).fill(0x9e3779b9)
      words.set(pairs.flat())
      return words
    })
    fc.assert(
      fc.property(draws, (words) => {
        most = Math.max(most, expectNormals(words))
      }),
      { numRuns: 300 },
    )
    expect(most).toBeGreaterThan(7)
  })

  it('have them at the seams and ends of the three pieces, whatever lies beside', () => {
    const ends = [0, 1, 2, 2 ** 26 - 1, 2 ** 26, 62545, 62546, 62547, 2 ** 45]
    // |p − ½| = 0.425, r = 5 (p = e⁻²⁵), p = ½ and the outermost draws.
    const seams = [0.075, 0.925, Math.exp(-25), 0.5].flatMap((p) =>
      [-2, -1, 0, 1].map((step) => Math.floor(p * 2 ** 52) + step),
    )
    const all = [...ends, ...seams].flatMap((k) => [k, 2 ** 52 - 1 - k])
    const words = new Uint32Array(16 * Math.ceil(all.length / 8)).fill(0x9e3779b9)
    all.forEach((k, i) => words.set([Math.floor(k / 2 ** 26) * 64, (k % 2 ** 26) * 64], 2 * i))
    expect(expectNormals(words)).toBeGreaterThan(8.2)
    // One alone among central ones, at every place of eight; and nothing but the outermost.
    for (let at = 0; at < 16; at++) {
      const one = new Uint32Array(32).fill(0x9e3779b9)
      one.set([0, 64 * at], 2 * at)
      expect(expectNormals(one)).toBeGreaterThan(7.7)
    }
    expectNormals(new Uint32Array(1024))
    expectNormals(new Uint32Array(1024).fill(2 ** 32 - 1))
  })
})
