import type { Kernel } from '../../backend.ts'
import type { Block } from './block.ts'
import type { Heap } from './heap.ts'
import type { Module } from './module.ts'
import type { Splits } from './threads/splits.ts'

/** What this backend adopts the kernels of a family of ops from: a WebAssembly module of its own, on the same memory. */
export interface WasmFamily<K = Readonly<Record<string, Kernel<Block, never>>>> {
  /** What its files are called, and their version. */
  readonly name: string
  readonly version: string
  /** Of functions that the file of the core has as well: one of them, by which an instance of the core that has them all is known. */
  readonly part?: string
  /** Its builds as a text: the plain one, and the one with fused multiply-add if there is any. */
  readonly text: string
  /** Which of its functions threads share. */
  readonly splits: Splits
  /**
   * @param module functions of this family's module
   * @param main those of the backend's own
   */
  makeKernels(heap: Heap, module: Module, main: Module): K
}
