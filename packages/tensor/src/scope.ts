import { traceDepth } from './levels.ts'
import type { Storage } from './storage.ts'
import { ConcreteTensor, type Tensor } from './tensor.ts'

let current: ConcreteTensor[] | null = null
/** Those of the scopes around the current one. */
const around: ConcreteTensor[][] = []

/** Every new concrete tensor passes here. */
export function track(t: ConcreteTensor): ConcreteTensor {
  if (current === null) t.watch()
  else current.push(t)
  return t
}

/** Memory that tensors of the open scopes look into, and none outside scopes. */
export function scopedStorages(): Set<Storage> {
  const storages = new Set<Storage>()
  for (const tensors of current === null ? [] : [...around, current]) {
    for (const t of tensors) if (!t.released && t.storage.unscoped === null) storages.add(t.storage)
  }
  return storages
}

/** Concrete tensors inside arrays, maps and objects. */
function collect(value: unknown, into: Set<ConcreteTensor>, seen: Set<object>): void {
  if (typeof value !== 'object' || value === null) return
  if (value instanceof ConcreteTensor) {
    into.add(value)
    return
  }
  if (seen.has(value) || ArrayBuffer.isView(value)) return
  seen.add(value)
  // Arrays and plain objects are what a step returns: without iterators they take a third of the time.
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) collect(value[i], into, seen)
  } else if (value instanceof Map) {
    for (const entry of value) collect(entry, into, seen)
  } else if (Symbol.iterator in value) {
    for (const entry of value as Iterable<unknown>) collect(entry, into, seen)
  } else {
    for (const name of Object.keys(value)) collect((value as Record<string, unknown>)[name], into, seen)
  }
}

function refuseAsynchronous(result: unknown): void {
  if (typeof result !== 'object' || result === null) return
  if (typeof (result as { then?: unknown }).then === 'function') {
    throw new TypeError(
      'scope: expected a synchronous function, got a promise: its tensors would be released too early',
    )
  }
  if (typeof (result as { next?: unknown }).next === 'function') {
    throw new TypeError(
      'scope: expected a synchronous function, got a generator: its tensors would be released too early',
    )
  }
}

/**
 * Runs `f` and releases every tensor made inside it but those it returns (also inside arrays, objects, maps and
 * sets); these pass to the scope around. Inside a transform (`grad`, …) it is transparent: the outer trace may still need what was made.
 *
 * @throws TypeError if `f` returns a promise or a generator.
 * @example
 * const y = scope(() => exp(mul(tensor([1, 2]), 2)))   // the product is gone, y stays
 */
export function scope<T>(f: () => T extends PromiseLike<unknown> | Generator ? never : T): T {
  if (traceDepth() > 0) return f() as T
  const outer = current
  const mine: ConcreteTensor[] = []
  const survivors = new Set<ConcreteTensor>()
  current = mine
  if (outer !== null) around.push(outer)
  try {
    const result = f() as T
    refuseAsynchronous(result)
    collect(result, survivors, new Set())
    return result
  } finally {
    current = outer
    if (outer !== null) around.pop()
    for (let i = 0; i < mine.length; i++) {
      const t = mine[i]
      if (t.kept) continue
      if (!survivors.has(t)) t.dispose()
      else if (outer === null) t.watch()
      else outer.push(t)
    }
  }
}

/** Takes a tensor out of every scope: it lives until it is disposed or collected. Returns it. */
export function keep<T extends Tensor>(t: T): T {
  if (t instanceof ConcreteTensor) {
    t.kept = true
    t.watch()
  }
  return t
}
