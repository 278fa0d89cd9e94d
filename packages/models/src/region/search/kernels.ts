import { bytesOf, isMistake, kernelModule } from '@facet/tensor/checks'
import { codes, kernels, version } from './kernels.generated.ts'
import { plainNearest } from './plain-kernel.ts'

/** What stands at address 0 of the memory, four bytes each: the enum of assembly/index.ts. */
export const Field = codes.field

/** Memory and what looks for the nearest region in it. */
export interface Kernel {
  readonly buffer: ArrayBuffer
  nearest(): void
}

const PAGE = 65536

let compiled: WebAssembly.Module | undefined

/** In WebAssembly; in plain JavaScript where a program may not have that. @throws Error where `init` was given kernels of another version. */
export function startKernel(bytes: number): Kernel {
  try {
    return startWasmKernel(bytes)
  } catch (error) {
    if (isMistake(error)) throw error
    return startPlainKernel(bytes)
  }
}

export function startWasmKernel(bytes: number): Kernel {
  compiled ??= kernelModule('models/nearest', version, () => bytesOf(kernels, 0))
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE), maximum: 65536 })
  const { nearest } = new WebAssembly.Instance(compiled, { env: { memory } }).exports
  return { buffer: memory.buffer as ArrayBuffer, nearest: nearest as () => void }
}

export function startPlainKernel(bytes: number): Kernel {
  const buffer = new ArrayBuffer(bytes)
  return { buffer, nearest: plainNearest(buffer) }
}
