import type { Heap } from '../heap.ts'
import { kernelImports } from '../kernel-imports.ts'
import type { Module } from '../module.ts'
import { fork, forkedNames, forkedNumbers } from './forked.ts'
import { functionNamesOf } from './functions-of.ts'
import { sharing } from './shared.ts'
import { type Splits, splits } from './splits.ts'
import { ThreadPool } from './thread-pool.ts'

export { expectSharedMemory, sharing } from './shared.ts'

/** Several threads on one memory. */
export interface Threads {
  readonly pool: ThreadPool
  /** The functions of the kernels that every program has, whose long calls all threads share. */
  readonly module: Module
  /** The same of a module that comes later, with the ops of a family. */
  adopt(bytes: Uint8Array<ArrayBuffer>, splits: Splits): Module
}

/**
 * What computes on several threads; nothing else imports this file, and that only when they are asked for.
 *
 * @param alone instances of `modules` for this thread
 */
export function threadsOn(
  heap: Heap,
  alone: Module,
  modules: readonly WebAssembly.Module[],
  threads: number,
): Threads {
  const pool = new ThreadPool(heap, alone, modules, forkedNames, threads)
  return {
    pool,
    module: fork(alone, pool, splits, forkedNumbers),
    adopt(bytes, splits) {
      const shared = sharing(bytes)
      const module = new WebAssembly.Module(shared)
      const own = new WebAssembly.Instance(module, kernelImports(heap.memory)).exports as Module
      return fork(own, pool, splits, pool.adopt(heap, shared, functionNamesOf(module), own))
    },
  }
}
