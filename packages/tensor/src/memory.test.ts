import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Backend } from './backend.ts'
import { referenceBackend } from './backends/reference/index.ts'
import * as f from './index.ts'
import { registerBackend } from './init.ts'
import { bounds } from './memory.ts'

beforeEach(() => f.init())

describe('memory', () => {
  it('tells tensors and bytes alive, those outside scopes, and by backend', async () => {
    const before = f.memory()
    const kept = f.zeros([256, 784])
    const view = f.rows(kept, 0, 10)
    const during = f.memory()
    expect(during.tensors - before.tensors).toBe(1)
    expect(during.bytes - before.bytes).toBe(256 * 784 * 4)
    expect(during.unscoped.tensors - before.unscoped.tensors).toBe(1)
    expect(during.unscoped.bytes - before.unscoped.bytes).toBe(256 * 784 * 4)
    expect(during.backends.wasm).toEqual({ tensors: during.tensors, bytes: during.bytes })
    kept.dispose()
    expect(f.memory().tensors - before.tensors).toBe(1)
    view.dispose()
    expect(f.memory()).toMatchObject({
      tensors: before.tensors,
      bytes: before.bytes,
      unscoped: before.unscoped,
    })
    await f.init({ backend: 'reference' })
    const other = f.zeros([3], 'float64')
    expect(f.memory().backends.reference.bytes).toBeGreaterThanOrEqual(24)
    expect(f.memory().backends.wasm?.tensors).toBe(before.backends.wasm?.tensors)
    other.dispose()
  })

  it('counts what a scope holds until its end, and what it returns beyond', () => {
    const before = f.memory()
    const y = f.scope(() => {
      f.zeros([1000])
      expect(f.memory().tensors - before.tensors).toBe(1)
      expect(f.memory().unscoped.tensors).toBe(before.unscoped.tensors)
      f.scope(() => {
        f.keep(f.rows(f.zeros([3, 3]), 0, 1)).dispose()
        f.zeros([1000]).dispose()
        expect(f.memory().tensors - before.tensors).toBe(2)
      })
      expect(f.memory().tensors - before.tensors).toBe(1)
      return f.zeros([10])
    })
    expect(f.memory().tensors - before.tensors).toBe(1)
    expect(f.memory().unscoped.tensors - before.unscoped.tensors).toBe(1)
    y.dispose()
    y.dispose()
    expect(f.memory().tensors).toBe(before.tensors)
  })
})

describe('outside scopes', () => {
  const limits = { ...bounds }
  afterEach(() => void Object.assign(bounds, limits))

  it('reading gives the event loop a turn once so many bytes were made, and only then', async () => {
    const turns = async (bytes: number): Promise<number> => {
      let count = 0
      const turning = { stop: false }
      const next = (): void => {
        count++
        if (!turning.stop) setImmediate(next)
      }
      setImmediate(next)
      const x = f.zeros([bytes / 4])
      await x.data()
      const counted = count
      x.dispose()
      turning.stop = true
      return counted
    }
    bounds.turnBytes = 2 ** 30
    expect(await turns(2 ** 20)).toBe(0)
    bounds.turnBytes = f.memory().unscoped.bytes + 2 ** 16
    expect(await turns(2 ** 20)).toBeGreaterThan(0)
  })

  it('a full memory is told with scope, dispose, how many tensors there are, and where most were made', async () => {
    let room = 10_000
    const tiny: Backend = {
      ...(referenceBackend as Backend),
      name: 'tiny',
      allocate(dtype, size) {
        if ((room -= 4 * size) < 0) throw new RangeError(`tiny memory: asked for ${4 * size} bytes`)
        return referenceBackend.allocate(dtype, size)
      },
    }
    registerBackend('tiny', async () => tiny)
    await f.init({ backend: 'tiny' })
    const x = f.tensor(Array.from({ length: 100 }, (_, i) => i))
    const kept: f.Tensor[] = []
    expect(() => {
      for (;;) kept.push(f.exp(x))
    }).toThrow(
      /^exp: no room for \[100\] float32: tiny memory: asked for 400 bytes; 26 tensors of 0\.0 MB are alive, \d+ tensors of \d+\.\d MB outside scopes, most of them \(25 tensors of 0\.0 MB\) made by exp \[100\] float32; init\(\{ debug: true \}\) says where\. Run what makes them in scope\(\(\) => …\), or dispose\(\) of them/,
    )
    // What is too large for any memory is no matter of tensors alive.
    expect(() => f.broadcastTo(f.tensor([1]), [1e9])).toThrow(/asked for 4000000000 bytes$/)
    await f.init({ backend: 'tiny', debug: true })
    room = 20_000
    expect(() => {
      for (;;) kept.push(f.exp(x))
    }).toThrow(/\(50 tensors of 0\.0 MB\) made at:\n[^;]*memory\.test\.ts/)
    for (const t of [x, ...kept]) t.dispose()
  })

  it('tensors that pile up are warned of, once', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    bounds.warnTensors = f.memory().unscoped.tensors + 10
    const kept = Array.from({ length: 8 }, () => f.zeros([5]))
    expect(warn).not.toHaveBeenCalled()
    for (let i = 0; i < 8; i++) kept.push(f.zeros([5]))
    expect(warn).toHaveBeenCalledTimes(1)
    expect(warn.mock.calls[0][0]).toMatch(
      /tensors outside scopes pile up: \d+ tensors of .* Run what makes them in scope/,
    )
    for (const t of kept) t.dispose()
    warn.mockRestore()
  })
})
