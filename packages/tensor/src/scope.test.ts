import { beforeAll, describe, expect, it } from 'vitest'
import { add, init, keep, mul, reshape, rows, scope, sum, type Tensor, tensor } from './index.ts'

beforeAll(() => init())

describe('scope', () => {
  it('releases what was made inside and keeps what it returns', () => {
    let inner: Tensor | undefined
    const outer = scope(() => {
      inner = add(tensor([1, 2]), 1)
      return mul(inner, 2)
    })
    expect(outer.toArray()).toEqual([4, 6])
    expect(() => inner?.dataSync()).toThrow('tensor [2] float32 was used after its release')
    expect(() => add(inner as Tensor, 1)).toThrow('was used after its release')
  })

  it('finds returned tensors in arrays, objects, maps and sets', () => {
    const result = scope(() => ({
      list: [tensor(1), { deep: tensor(2) }] as const,
      map: new Map([['k', tensor(3)]]),
      set: new Set([tensor(4)]),
    }))
    expect(result.list[0].item()).toBe(1)
    expect(result.list[1].deep.item()).toBe(2)
    expect(result.map.get('k')?.item()).toBe(3)
    expect([...result.set][0].item()).toBe(4)
  })

  it('hands what it returns to the scope around it', () => {
    let passed: Tensor | undefined
    scope(() => {
      passed = scope(() => tensor([5]))
      expect(passed.item()).toBe(5)
    })
    expect(() => passed?.item()).toThrow('after its release')
  })

  it('a returned view keeps the memory of what it looks at', () => {
    const view = scope(() =>
      reshape(
        rows(
          add(
            tensor([
              [1, 2],
              [3, 4],
            ]),
            0,
          ),
          1,
          2,
        ),
        [2],
      ),
    )
    scope(() => add(tensor([9, 9, 9, 9]), 1))
    expect(view.toArray()).toEqual([3, 4])
  })

  it('never gives a released buffer to a tensor that is still read', () => {
    const base = add(tensor([1, 2, 3, 4]), 0)
    const view = reshape(base, [2, 2])
    base.dispose()
    const other = add(tensor([9, 9, 9, 9]), 0)
    expect(view.toArray()).toEqual([
      [1, 2],
      [3, 4],
    ])
    view.dispose()
    expect(other.toArray()).toEqual([9, 9, 9, 9])
  })

  it('releases everything when the function throws', () => {
    let made: Tensor | undefined
    const run = () =>
      scope(() => {
        made = tensor([1])
        throw new Error('on purpose')
      })
    expect(run).toThrow('on purpose')
    expect(() => made?.item()).toThrow('after its release')
  })

  it('keep takes a tensor out of every scope', () => {
    let kept: Tensor | undefined
    scope(() => {
      kept = keep(tensor([7]))
    })
    expect(kept?.item()).toBe(7)
  })

  it('refuses promises and generators, and says why', () => {
    // @ts-expect-error a promise is refused by the type as well
    expect(() => scope(async () => tensor(1))).toThrow(
      'scope: expected a synchronous function, got a promise',
    )
    const generator = function* () {
      yield tensor(1)
    }
    // @ts-expect-error a generator is refused by the type as well
    expect(() => scope(() => generator())).toThrow('got a generator')
  })

  it('works with `using`', () => {
    let outside: Tensor
    {
      using inside = tensor([1, 2])
      outside = inside
      expect(sum(inside).item()).toBe(3)
    }
    expect(() => outside.dataSync()).toThrow('after its release')
  })

  it('says where a released tensor was made in debug builds', async () => {
    await init({ debug: true })
    const t = tensor([1])
    t.dispose()
    t.dispose()
    expect(() => t.item()).toThrow(/made at:\n.*scope\.test\.ts/s)
    await init()
  })

  it('reuses the memory of the step before: a thousand steps allocate nothing new', () => {
    const x = tensor(new Float32Array(100_000))
    scope(() => add(add(x, 1), 1))
    const before = process.memoryUsage().arrayBuffers
    for (let i = 0; i < 1000; i++) scope(() => sum(add(add(x, 1), 1)).item())
    // Without reuse this would be 800 MB; a collection may free some of what stood before.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2e6)
  })
})
