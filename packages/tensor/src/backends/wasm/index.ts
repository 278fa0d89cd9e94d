import type { Backend } from '../../backend.ts'
import { dtypeOf } from '../../dtype.ts'
import { type Block, bytesPerElement, Heap } from './heap.ts'
import { makeKernels } from './kernels/index.ts'
import { hasRelaxedSimd, instantiate } from './module.ts'
import { atOnce, Log } from './recording.ts'
import { makeUpdates } from './updates.ts'

/** 4 MB at the start; the heap grows it as needed, up to what 32-bit addresses reach. */
const pages = { initial: 64, maximum: 65536 }

/** The backend, and what its memory has come to. */
export interface WasmBackend extends Backend<Block> {
  /** Bytes of the memory that have been in use at one time: it never shrinks. */
  readonly peakBytes: number
}

/**
 * WebAssembly SIMD kernels on one linear memory.
 *
 * @param options.relaxedSimd use fused multiply-add where the engine has it
 * @throws Error where the engine has no WebAssembly with 128-bit SIMD, or may not compile it (a page's security policy).
 */
export function wasmBackend({ relaxedSimd }: { relaxedSimd: boolean }): Promise<WasmBackend> {
  const relaxed = relaxedSimd && hasRelaxedSimd()
  const known = made.get(relaxed) ?? makeBackend(relaxed)
  made.set(relaxed, known)
  return known
}

/** By build: tensors of one are none of the other's. */
const made = new Map<boolean, Promise<WasmBackend>>()

async function makeBackend(relaxed: boolean): Promise<WasmBackend> {
  const memory = new WebAssembly.Memory(pages)
  const heap = new Heap(memory)
  const module = await instantiate(memory, relaxed).catch((error: Error) => {
    throw new Error(`init: backend 'wasm': the engine refuses WebAssembly SIMD: ${error.message}`)
  })
  const log = new Log(module)
  const kernels = makeKernels(heap, module, atOnce)
  const notedKernels = makeKernels(heap, log.module, log.effect)
  let isRecording = false
  return {
    name: 'wasm',
    get peakBytes() {
      return heap.reached
    },
    allocate: (dtype, size) => heap.allocate(dtype, size),
    upload(values) {
      const block = heap.allocate(dtypeOf(values), values.length)
      heap.view(block).set(values)
      return block
    },
    view: ({ pointer, dtype }, offset, size) => ({
      pointer: pointer + offset * bytesPerElement(dtype),
      size,
      dtype,
      kind: -1,
    }),
    release: (block) => heap.release(block),
    read: async (block) => heap.view(block).slice(),
    readSync: (block) => heap.view(block).slice(),
    write: (block, values) => heap.view(block).set(values),
    record() {
      isRecording = true
      const stop = log.start(heap)
      return () => {
        isRecording = false
        return stop()
      }
    },
    get kernels() {
      return isRecording ? notedKernels : kernels
    },
    updates: makeUpdates(heap, module),
  }
}
