import { givenKernels, type KernelBuild, kernelModule } from '../../kernel-modules.ts'
import type { WasmFamily } from './family.ts'
import type { Heap } from './heap.ts'
import { kernelImports } from './kernel-imports.ts'
import { bytesOf } from './kernel-text.ts'
import type { Module } from './module.ts'
import type { Threads } from './threads/index.ts'

/**
 * The functions of a module that comes later, with the ops of a family: compiled and instantiated without waiting, shared by the threads of a pool.
 *
 * @throws Error for a given file of another version, and where the engine may not compile and was given none.
 */
export function instantiateNow(
  { name, version, text, splits }: WasmFamily,
  build: KernelBuild,
  heap: Heap,
  threads: Threads | null,
): Module {
  const carried = () => bytesOf(text, build === 'simd' ? 0 : 1)
  // A compiled module takes a memory of one thread.
  if (threads !== null) return threads.adopt(givenKernels(name, version, build)?.bytes ?? carried(), splits)
  const module = kernelModule(name, version, carried, build)
  return new WebAssembly.Instance(module, kernelImports(heap.memory)).exports as Module
}
