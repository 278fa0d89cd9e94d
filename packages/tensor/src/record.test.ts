import { beforeAll, describe, expect, it } from 'vitest'
import { rewrite } from './creation.ts'
import { add, full, init, keep, key, mul, scope, sub, sum, type Tensor, tensor } from './index.ts'
import { type Recording, record } from './record.ts'

let bytes: () => number

beforeAll(async () => {
  const backend = (await init({ backend: 'wasm' })) as unknown as { readonly peakBytes: number }
  bytes = () => backend.peakBytes
})

const large = [200, 200]

/** Σ (x + noise − 1)² over a large tensor, with intermediates that nobody holds. */
function squaresOf(x: Tensor, step: ReturnType<typeof key>): Tensor {
  return scope(() => {
    const moved = sub(add(x, step.child('noise').normal(large)), full(large, 1))
    return sum(mul(moved, moved))
  })
}

function recorded(x: Tensor): Recording<Tensor> {
  const { recording } = record(key('step'), () => keep(squaresOf(x, key('step'))))
  expect(recording).not.toBeNull()
  return recording as Recording<Tensor>
}

describe('a recording', () => {
  it('computes again what was run, with what is drawn below another key', () => {
    const x = keep(full(large, 0.5))
    const step = key('step')
    const { recording } = record(step, () => keep(squaresOf(x, step)))
    for (const name of ['a', 'b']) {
      recording!.replay(key(name))
      expect(recording!.result.item()).toBe(squaresOf(x, key(name)).item())
    }
    recording!.dispose()
  })

  it('draws in place in every replay: all laws and dtypes, the bits of an ordinary draw, no memory, no obstacle', () => {
    const draws = (step: ReturnType<typeof key>): Tensor[] => {
      const [own, other] = [step.child('own', 3), key('elsewhere')]
      return [
        ...[own.normal([301]), own.normal([7, 43], 'float64'), step.normal([]), own.normal([0, 3])],
        own.normal([99], { deviation: 0.1 }),
        ...[own.child(-1).uniform([129], { low: -2, high: 5 }), own.uniform([1000], { dtype: 'float64' })],
        ...[other.normal([10]), other.uniform([10], { dtype: 'float64' })],
      ]
    }
    const step = key('step')
    const { recording, obstacle } = record(step, () => draws(step).map(keep))
    expect(obstacle).toBeNull()
    const read = (tensors: Tensor[]) => tensors.map((t) => t.dataSync())
    for (const name of ['a', 'b']) {
      recording!.replay(key(name))
      expect(read(recording!.result)).toEqual(scope(() => read(draws(key(name)))))
    }
    const before = bytes()
    for (let i = 0; i < 100; i++) recording!.replay(key(i))
    expect(bytes()).toBe(before)
    for (const t of recording!.result) t.dispose()
    recording!.dispose()
  })

  it('keeps what is drawn from a key of another tree through all that runs within its memory', () => {
    const [x, step, fixed] = [keep(full(large, 0.5)), key('step'), key('fixed')]
    const f = (from: ReturnType<typeof key>): Tensor =>
      scope(() => sum(mul(add(x, fixed.normal(large)), from.child(0).normal(large))))
    const { recording } = record(step, () => keep(f(step)))
    for (let i = 0; i < 3; i++) {
      recording!.within(() => scope(() => f(key('within')).item()))
      recording!.replay(key(i))
      expect(recording!.result.item()).toBe(scope(() => f(key(i)).item()))
    }
    recording!.dispose()
  })

  it('gives the memory of what nobody holds to what runs within it, without harm to constants and draws', () => {
    const x = keep(full(large, 0.5))
    const step = key('step')
    const { recording } = record(step, () => keep(squaresOf(x, step)))
    const y = keep(full(large, 7))
    const before = bytes()
    const inside = recording!.within(() => scope(() => squaresOf(y, key('b')).item()))
    // Of five large tensors the draw and the ones, which come from JavaScript, are new.
    expect(bytes() - before).toBeLessThanOrEqual(2 * 160_000)
    expect(recording!.isWhole).toBe(true)
    expect(inside).toBe(squaresOf(y, key('b')).item())
    rewrite(x, new Float32Array(40_000).fill(0.25))
    recording!.replay(key('c'))
    expect(recording!.result.item()).toBe(squaresOf(x, key('c')).item())
    recording!.dispose()
  })

  it('knows that a tensor was kept within its memory', () => {
    const recording = recorded(keep(full(large, 0.5)))
    const kept = recording.within(() => keep(add(full(large, 1), 1)))
    expect(recording.isWhole).toBe(false)
    recording.dispose()
    const others = Array.from({ length: 20 }, () => add(full(large, 3), 1))
    expect(new Set(kept.dataSync())).toEqual(new Set([2]))
    for (const t of [kept, ...others]) t.dispose()
  })

  it('holds what it reads, whoever disposes of it', () => {
    const x = add(full(large, 0.5), 0)
    const { recording } = record(key('step'), () => keep(scope(() => sum(mul(x, 2)))))
    x.dispose()
    const others = Array.from({ length: 20 }, () => full(large, 3))
    recording!.replay(key('step'))
    expect(recording!.result.item()).toBe(40_000)
    for (const t of others) t.dispose()
    recording!.dispose()
  })

  it('keeps its result in its place, whoever disposes of it', () => {
    const x = keep(full(large, 0.5))
    const { recording } = record(key('step'), () => keep(mul(x, 2)))
    recording!.result.dispose()
    const others = Array.from({ length: 5 }, () => full(large, 3))
    recording!.replay(key('step'))
    for (const t of others) expect(new Set(t.dataSync())).toEqual(new Set([3]))
    for (const t of others) t.dispose()
    recording!.dispose()
  })

  it('leaves nothing behind, also where what it records throws', () => {
    const run = () => {
      const x = full(large, 0.5)
      const failing = () => {
        squaresOf(x, key('step'))
        throw new Error('no')
      }
      expect(() => record(key('step'), failing)).toThrow('no')
      const { recording } = record(key('step'), () => squaresOf(x, key('step')))
      recording!.result.dispose()
      recording!.dispose()
      x.dispose()
    }
    for (let i = 0; i < 3; i++) scope(run)
    const before = bytes()
    for (let i = 0; i < 50; i++) scope(run)
    expect(bytes()).toBe(before)
  })

  it('stops where numbers are read, and says so', () => {
    const x = tensor([1, 2])
    expect(record(key(0), () => sum(x).item()).obstacle).toBe('it reads numbers of a tensor')
  })
})
