import { givenKernels, type KernelBuild, kernelModule } from '../../kernel-modules.ts'
import type { WasmFamily } from './family.ts'
import type { Heap } from './heap.ts'
import { kernelImports } from './kernel-imports.ts'
import { bytesOf } from './kernel-text.ts'
import type { Module } from './module.ts'
import { fork } from './threads/forked.ts'
import { functionNamesOf } from './threads/functions-of.ts'
import { sharing } from './threads/shared.ts'
import type { ThreadPool } from './threads/thread-pool.ts'

/**
 * The functions of a module that comes later, with the ops of a family: compiled and instantiated without waiting, shared by the threads of a pool.
 *
 * @throws Error for a given file of another version, and where the engine may not compile and was given none.
 */
export function instantiateNow(
  { name, version, texts, textCode, splits }: WasmFamily,
  build: KernelBuild,
  heap: Heap,
  pool: ThreadPool | null,
): Module {
  const carried = () => bytesOf(texts[build], textCode)
  const imports = kernelImports(heap.memory)
  if (pool === null)
    return new WebAssembly.Instance(kernelModule(name, version, carried, build), imports).exports as Module
  // A compiled module takes a memory of one thread.
  const bytes = sharing(givenKernels(name, version, build)?.bytes ?? carried())
  const module = new WebAssembly.Module(bytes)
  const alone = new WebAssembly.Instance(module, imports).exports as Module
  return fork(alone, pool, splits, pool.adopt(heap, bytes, functionNamesOf(module), alone))
}
