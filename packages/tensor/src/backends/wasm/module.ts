import type { DType } from '../../dtype.ts'
import { givenKernels, isGiven, type KernelBuild } from '../../kernel-modules.ts'
import { mistake } from '../../mistakes.ts'
import { kernelImports } from './kernel-imports.ts'
import { bytesOf } from './kernel-text.ts'
import { kernels as text, version } from './kernels.generated.ts'

/** A function of the AssemblyScript module: addresses, counts and steps of bytes, flags as 0 and 1. */
export interface WasmFunction {
  (...numbers: number[]): number
  /** The function for calls with these numbers alone, where it decides by them what to do. */
  settle?(numbers: readonly number[]): WasmFunction
  /** The function on this thread alone, where there is another. */
  alone?: WasmFunction
}

/** What the AssemblyScript module exports; `name_f32` is the instance of `name` for float32. */
export type Module = Readonly<Record<string, WasmFunction>>

const suffixes = { float32: 'f32', float64: 'f64', int32: 'i32', uint32: 'u32', bool: 'u8' } as const
const widths = { float32: '32', float64: '64', int32: '32', uint32: '32', bool: '8' } as const

function pick(module: Module, name: string): WasmFunction {
  const call = module[name]
  if (call === undefined) throw new Error(`wasm: the module has no ${name}; build the kernels again`)
  return call
}

/** The instances of a function by dtype. @throws Error if one is missing: at the start, not in the middle of a training. */
export const byDType = <D extends DType>(
  module: Module,
  name: string,
  dtypes: readonly D[],
): Record<D, WasmFunction> =>
  Object.fromEntries(dtypes.map((dtype) => [dtype, pick(module, `${name}_${suffixes[dtype]}`)])) as Record<
    D,
    WasmFunction
  >

/** The same for functions that only move elements: they differ by width. */
export const byWidth = (module: Module, name: string): Record<DType, WasmFunction> =>
  Object.fromEntries(
    Object.entries(widths).map(([dtype, width]) => [dtype, pick(module, `${name}_${width}`)]),
  ) as Record<DType, WasmFunction>

/** The smallest module with a relaxed multiply-add: engines that know the instruction accept it. */
const relaxedProbe = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0],
  ...[65, 0, 253, 17, 65, 0, 253, 17, 65, 0, 253, 17, 253, 133, 2, 11],
)

/** Whether the engine knows fused multiply-add (relaxed SIMD). */
export const hasRelaxedSimd = (): boolean => WebAssembly.validate(relaxedProbe)

/** What files of the kernels that every program has are called. */
const name = 'tensor/core'

/** Whether kernels fuse multiplication and addition: where that is wanted, the engine can, and not the plain build alone has been given. */
export const fuses = (relaxedSimd: boolean): boolean =>
  relaxedSimd && hasRelaxedSimd() && (isGiven(name, 'relaxed') || !isGiven(name, 'simd'))

export const buildOf = (relaxed: boolean): KernelBuild => (relaxed ? 'relaxed' : 'simd')

/**
 * The kernels compiled, for a shared memory (`sharing` makes their bytes so) or one thread's: those that `init` was given, or those that the program carries. A given module that
 * came compiled takes the memory of one thread, so that threads compile what the program carries.
 */
export async function compile(
  relaxed: boolean,
  sharing?: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
): Promise<readonly WebAssembly.Module[]> {
  const build = buildOf(relaxed)
  const file = givenKernels(name, version, build)
  if (file !== undefined && !sharing) return [file.module]
  const carried = () => {
    if (text === '')
      throw mistake(
        new Error(
          `init: kernels: expected ${sharing ? 'the bytes or the address of ' : ''}core.wasm, since the program was built without kernels, got none`,
        ),
      )
    // What both builds share, and the products of one.
    return [0, build === 'simd' ? 1 : 2].map((module) => bytesOf(text, module))
  }
  const parts = file?.bytes ? [file.bytes] : carried()
  return Promise.all(parts.map((part) => WebAssembly.compile(sharing?.(part) ?? part)))
}

/** The functions of compiled kernels, working on a memory. */
export async function instantiate(
  modules: readonly WebAssembly.Module[],
  memory: WebAssembly.Memory,
): Promise<Module> {
  const imports = kernelImports(memory)
  const made = await Promise.all(modules.map((module) => WebAssembly.instantiate(module, imports)))
  return Object.assign({}, ...made.map(({ exports }) => exports))
}
