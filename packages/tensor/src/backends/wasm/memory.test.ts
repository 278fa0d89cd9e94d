import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  add,
  broadcastTo,
  concat,
  init,
  matmul,
  mul,
  ones,
  reshape,
  rows,
  scope,
  sum,
  type Tensor,
  tensor,
  transpose,
  zeros,
} from '../../index.ts'
import type { Block } from './block.ts'
import { bytesPerElement, Heap, SCRATCH_BYTES } from './heap.ts'
import type { WasmBackend } from './index.ts'

let backend: WasmBackend

beforeAll(async () => {
  backend = (await init({ backend: 'wasm' })) as unknown as WasmBackend
})

/** Every number of a tensor of one repeated value. */
const everywhere = (t: Tensor): Set<number> => new Set(t.dataSync())

describe('the memory of wasm', () => {
  it('stays flat over 100,000 steps in scopes', { timeout: 60_000 }, () => {
    const weight = ones([4, 4])
    const step = (i: number): void =>
      scope(() => {
        const x = tensor([i, 1, 2, 3], { shape: [1, 4] })
        const y = matmul(add(x, 1), weight)
        sum(mul(y, reshape(y, [4])))
        // Axes with others between them take a copy besides.
        if (i % 10 === 0) sum(broadcastTo(y, [3, 2, 4]), [0, 2])
      })
    for (let i = 0; i < 1000; i++) step(i)
    const reached = backend.peakBytes
    for (let i = 1000; i < 100_000; i++) step(i)
    expect(backend.peakBytes).toBe(reached)
  })

  it('grows while tensors are alive, and their numbers survive', () => {
    const kept: Tensor[] = []
    const early = tensor(Float32Array.from({ length: 1000 }, (_, i) => i))
    const view = reshape(rows(early, 100, 200), [10, 10])
    const before = backend.peakBytes
    for (let i = 0; i < 40; i++) kept.push(add(zeros([1000 * (i + 1), 7]), i))
    expect(backend.peakBytes - before).toBeGreaterThan(20e6)
    kept.forEach((t, i) => expect(everywhere(t)).toEqual(new Set([i])))
    expect(everywhere(add(kept[7], kept[7]))).toEqual(new Set([14]))
    expect(view.toArray()).toEqual(
      Array.from({ length: 10 }, (_, i) => Array.from({ length: 10 }, (_, j) => 100 + 10 * i + j)),
    )
    expect(transpose(view).toArray()).toEqual(
      Array.from({ length: 10 }, (_, i) => Array.from({ length: 10 }, (_, j) => 100 + 10 * j + i)),
    )
    for (const t of [...kept, early, view]) t.dispose()
  })

  it('says sizes where there is no room, and goes on', () => {
    const [x, one] = [tensor([1, 2]), tensor([1])]
    const reached = backend.peakBytes
    expect(() => broadcastTo(one, [40_000, 40_000])).toThrow(
      /^broadcastTo: no room for \[40000, 40000\] float32: WebAssembly memory: asked for 6103\.5 MB beside \d+\.\d MB in use, of at most 4096\.0 MB$/,
    )
    expect(() => broadcastTo(one, [40_000, 40_000])).toThrow(RangeError)
    expect(backend.peakBytes).toBe(reached)
    expect(add(x, 1).toArray()).toEqual([2, 3])
  })

  it('holds tensors without elements', () => {
    const empty = zeros([0, 3])
    expect([...empty.dataSync()]).toEqual([])
    expect(matmul(empty, ones([3, 2])).shape).toEqual([0, 2])
    expect(matmul(ones([2, 0]), ones([0, 3])).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ])
    expect(sum(empty).item()).toBe(0)
    expect(concat([empty, ones([1, 3])], 0).toArray()).toEqual([[1, 1, 1]])
    const others = Array.from({ length: 10 }, (_, i) => add(ones([3]), i))
    empty.dispose()
    others.forEach((t, i) => expect(everywhere(t)).toEqual(new Set([1 + i])))
  })
})

describe('a heap', () => {
  const heapOf = (maximum: number): Heap => new Heap(new WebAssembly.Memory({ initial: 9, maximum }))
  const bytesOf = ({ dtype, size }: Block): number => size * bytesPerElement(dtype)
  const sizes = [
    ...Array.from({ length: 300 }, (_, i) => i),
    511,
    512,
    513,
    1000,
    4095,
    4096,
    4097,
    65537,
    300_000,
  ]

  it('gives blocks of any size that lie on 16 bytes, apart from each other and behind the scratch', () => {
    const heap = heapOf(1000)
    const blocks = (['bool', 'float32', 'float64'] as const).flatMap((dtype) =>
      sizes.map((size) => heap.allocate(dtype, size)),
    )
    let end = SCRATCH_BYTES
    for (const block of blocks.toSorted((a, b) => a.pointer - b.pointer)) {
      expect(block.pointer % 16).toBe(0)
      expect(block.pointer).toBeGreaterThanOrEqual(end)
      end = block.pointer + Math.max(1, bytesOf(block))
    }
    expect(heap.memory.buffer.byteLength).toBeGreaterThanOrEqual(end)
  })

  it('gives a released block to the next of its size, and never one that is too small', () => {
    const heap = heapOf(1000)
    for (const size of sizes) {
      const block = heap.allocate('float32', size)
      heap.release(block)
      expect(heap.allocate('float32', size).pointer).toBe(block.pointer)
    }
    for (const size of sizes) {
      const [a, b] = [heap.allocate('float32', size), heap.allocate('float32', size)]
      heap.view(a).fill(1)
      heap.view(b).fill(2)
      heap.release(a)
      const c = heap.allocate('float32', size + 1)
      heap.view(c).fill(3)
      expect(heap.view(b).every((x) => x === 2)).toBe(true)
    }
  })

  it('gives large blocks exactly what they need, and their memory to the next of another size', () => {
    const heap = heapOf(1000)
    const [a, b, c] = [30_000, 50_000, 40_000].map((size) => heap.allocate('float32', size))
    expect(heap.reached - SCRATCH_BYTES).toBe(4 * 120_000)
    for (const block of [a, c, b]) heap.release(block) // c has nothing free beside it, b joins both
    const whole = heap.allocate('float32', 120_000)
    expect(whole.pointer).toBe(a.pointer)
    heap.release(whole)
    const parts = [70_000, 20_000, 30_000].map((size) => heap.allocate('float32', size))
    expect(parts.map(({ pointer }) => pointer - a.pointer)).toEqual([0, 280_000, 360_000])
    expect(heap.reached - SCRATCH_BYTES).toBe(4 * 120_000)
    for (const block of parts) heap.release(block)
    // What is free at the end is the start of a larger block.
    expect(heap.allocate('float32', 200_000).pointer).toBe(a.pointer)
    expect(heap.reached - SCRATCH_BYTES).toBe(4 * 200_000)
  })

  it('keeps a place that is much too large for the next that needs it, unless there is no other', () => {
    const heap = heapOf(40)
    const huge = heap.allocate('bool', 2 ** 20)
    const end = heap.allocate('bool', 20_000)
    heap.release(huge)
    const small = heap.allocate('bool', 20_000)
    expect(small.pointer).toBeGreaterThan(end.pointer)
    expect(heap.allocate('bool', 2 ** 20).pointer).toBe(huge.pointer)
    heap.allocate('bool', 40 * 65536 - heap.reached)
    heap.release(huge)
    expect(heap.allocate('bool', 20_000).pointer).toBe(huge.pointer)
  })

  it('does not grow over 100,000 steps of large blocks of varying sizes', () => {
    const heap = heapOf(1000)
    const step = (i: number): void => {
      const blocks = Array.from({ length: 12 }, (_, j) =>
        heap.allocate('float32', 5000 + ((i * 7919 + j * 104_729) % 20_000)),
      )
      for (let j = 0; j < 12; j++) heap.release(blocks[(j * 5) % 12])
    }
    step(0)
    const most = 12 * 4 * 25_000
    for (let i = 1; i < 100_000; i++) step(i)
    expect(heap.reached - SCRATCH_BYTES).toBeLessThanOrEqual(most)
  })

  it('never gives the same place twice, whatever is asked for and given back', () => {
    const request = fc.record({
      size: fc.integer({ min: 1, max: 60_000 }),
      keeps: fc.integer({ min: 0, max: 12 }),
    })
    fc.assert(
      fc.property(fc.array(request, { maxLength: 60 }), (requests) => {
        const heap = heapOf(1000)
        const used: Block[] = []
        for (const { size, keeps } of requests) {
          while (used.length > keeps) heap.release(used.splice((size + used.length) % used.length, 1)[0])
          const block = heap.allocate('float32', size)
          for (const other of used) {
            const isApart =
              block.pointer + bytesOf(block) <= other.pointer ||
              other.pointer + bytesOf(other) <= block.pointer
            expect(isApart).toBe(true)
          }
          expect(block.pointer % 16).toBe(0)
          used.push(block)
        }
      }),
    )
  })

  it('wastes at most a fifth of a block of more than 64 bytes', () => {
    for (const size of [65, 81, 97, 113, 129, 1025, 5000, 70_000, 2 ** 20 + 1]) {
      const heap = heapOf(1000)
      heap.allocate('bool', size)
      expect((heap.reached - SCRATCH_BYTES - size) / (heap.reached - SCRATCH_BYTES)).toBeLessThanOrEqual(0.2)
    }
  })

  it('that is full refuses, and serves again what is released', () => {
    const heap = heapOf(20)
    const blocks: Block[] = []
    expect(() => {
      for (;;) blocks.push(heap.allocate('float64', 8192))
    }).toThrow(/^WebAssembly memory: asked for 0\.1 MB beside 1\.3 MB in use/)
    expect(blocks.length).toBe(12)
    heap.release(blocks[3])
    expect(heap.allocate('float64', 8000).pointer).toBe(blocks[3].pointer)
    expect(() => heap.allocate('float64', 8192)).toThrow(RangeError)
  })
})
