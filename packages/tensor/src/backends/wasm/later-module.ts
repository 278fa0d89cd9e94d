import type { Heap } from './heap.ts'
import { kernelImports } from './kernel-imports.ts'
import type { Module } from './module.ts'
import { fork } from './threads/forked.ts'
import { functionNamesOf } from './threads/functions-of.ts'
import { sharing } from './threads/shared.ts'
import type { Splits } from './threads/splits.ts'
import type { ThreadPool } from './threads/thread-pool.ts'

/** The functions of a module that comes later, with the ops of a family: compiled and instantiated without waiting, shared by the threads of a pool. */
export function instantiateNow(
  bytes: Uint8Array<ArrayBuffer>,
  splits: Splits,
  heap: Heap,
  pool: ThreadPool | null,
): Module {
  if (pool !== null) bytes = sharing(bytes)
  const module = new WebAssembly.Module(bytes)
  const alone = new WebAssembly.Instance(module, kernelImports(heap.memory)).exports as Module
  if (pool === null) return alone
  return fork(alone, pool, splits, pool.adopt(heap, bytes, functionNamesOf(module), alone))
}
