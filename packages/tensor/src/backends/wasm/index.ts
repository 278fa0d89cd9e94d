import { type Backend, uncloneable } from '../../backend.ts'
import { dtypeOf } from '../../dtype.ts'
import { isMistake } from '../../mistakes.ts'
import type { Block } from './block.ts'
import { makeDraw } from './draws.ts'
import type { WasmFamily } from './family.ts'
import { bytesPerElement, Heap } from './heap.ts'
import { makeKernels } from './kernels/index.ts'
import { instantiateNow } from './later-module.ts'
import { buildOf, compile, fuses, instantiate } from './module.ts'
import { atOnce, Log } from './recording.ts'
import type { ThreadPool } from './threads/thread-pool.ts'
import type { WorkerFile } from './threads/worker.ts'
import { makeUpdates } from './updates.ts'

/** 4 MB at the start; the heap grows it as needed, up to what 32-bit addresses reach. */
const pages = { initial: 64, maximum: 65536 }

/** The backend, and what its memory has come to. */
export interface WasmBackend extends Backend<Block> {
  /** Bytes of the memory that have been in use at one time: it never shrinks. */
  readonly peakBytes: number
  /** Threads that compute while it is the active one, this one included. */
  readonly threads: number
  /** Ends its threads, if it has any: until it is chosen again it computes on the thread that asks. */
  rest(): void
}

export interface WasmOptions {
  /** Use fused multiply-add where the engine has it. */
  readonly relaxedSimd: boolean
  /** Threads that compute, the one that asks included. */
  readonly threads?: number
  /** Where other threads find their program, if they may not start from a text. */
  readonly worker?: WorkerFile | undefined
}

/**
 * WebAssembly SIMD kernels on one linear memory, which several threads may share.
 *
 * @throws Error where the engine has no WebAssembly with 128-bit SIMD, or may not compile it (a page's security policy), or
 *   where threads are wanted and cannot share memory.
 */
export async function wasmBackend({ relaxedSimd, threads = 1, worker }: WasmOptions): Promise<WasmBackend> {
  const threading = threads > 1 ? await import('./threads/index.ts') : null
  threading?.expectSharedMemory()
  const relaxed = fuses(relaxedSimd)
  const name = `${threads} ${relaxed}`
  const known = made.get(name) ?? makeBackend(relaxed, threads, threading)
  made.set(name, known)
  // It may be given kernels before it is asked again.
  known.catch(() => made.delete(name))
  const { backend, pool } = await known
  await pool?.start(worker).catch((error: Error) => {
    throw new Error(`init: threads: the engine starts no thread: ${error.message}`)
  })
  return backend
}

interface Made {
  readonly backend: WasmBackend
  readonly pool: ThreadPool | null
}

/** By threads and build: tensors of one are none of the other's. */
const made = new Map<string, Promise<Made>>()

async function makeBackend(
  relaxed: boolean,
  count: number,
  threading: typeof import('./threads/index.ts') | null,
): Promise<Made> {
  const memory = new WebAssembly.Memory({ ...pages, shared: threading !== null })
  const heap = new Heap(memory)
  const modules = await compile(relaxed, threading?.sharing).catch((error: Error) => {
    if (isMistake(error)) throw error
    throw new Error(`init: backend 'wasm': the engine refuses WebAssembly SIMD: ${error.message}`)
  })
  const alone = await instantiate(modules, memory)
  const threads = threading?.threadsOn(heap, alone, modules, count) ?? null
  const module = threads?.module ?? alone
  const log = new Log(module)
  const kernels = makeKernels(heap, module, atOnce)
  const notedKernels = makeKernels(heap, log.module, log.effect)
  let isRecording = false
  const backend: WasmBackend = {
    name: 'wasm',
    uncloneable,
    threads: count,
    get peakBytes() {
      return heap.reached
    },
    allocate: (dtype, size) => heap.allocate(dtype, size),
    upload(values) {
      const block = heap.allocateFilled(dtypeOf(values), values.length)
      heap.view(block).set(values)
      return block
    },
    draw: makeDraw(heap, module),
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
    adopt(family) {
      const { makeKernels, part } = family as WasmFamily
      const own =
        part !== undefined && part in module
          ? module
          : instantiateNow(family as WasmFamily, buildOf(relaxed), heap, threads)
      Object.assign(kernels, makeKernels(heap, own, module))
      Object.assign(notedKernels, makeKernels(heap, log.noting(own), log.module))
    },
    get kernels() {
      return isRecording ? notedKernels : kernels
    },
    updates: makeUpdates(heap, module),
    rest: () => threads?.pool.stop(),
  }
  return { backend, pool: threads?.pool ?? null }
}
