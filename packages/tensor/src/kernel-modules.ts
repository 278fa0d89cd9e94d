import { mistake } from './mistakes.ts'

/** Builds of kernels: without and with fused multiply-add. Those of one build say `simd`. */
export type KernelBuild = 'simd' | 'relaxed'

/** A file of kernels that `init` was given, compiled. */
export interface GivenKernels {
  /** What the file says it is: `tensor/core`. */
  readonly name: string
  readonly build: KernelBuild
  /** Of the sources that it was built from. */
  readonly version: string
  readonly module: WebAssembly.Module
  /** What it was compiled from; null where that did not come through here. */
  readonly bytes: Uint8Array<ArrayBuffer> | null
}

const given = new Map<string, GivenKernels>()

/** Kernels are taken from there from now on, whoever asks. */
export function giveKernels(file: GivenKernels): void {
  given.set(`${file.name} ${file.build}`, file)
}

/** Which builds of some kernels have been given. */
export const isGiven = (name: string, build: KernelBuild): boolean => given.has(`${name} ${build}`)

/** @throws Error for a file of another version, whose functions may take other arguments. */
export function expectVersion({ name, version }: GivenKernels, expected: string): void {
  if (version === expected) return
  throw mistake(
    new Error(
      `init: kernels: expected ${name} of version ${expected}, as this engine calls it, got version ${version}: use the file of the same release`,
    ),
  )
}

/**
 * What has been given of some kernels: the build asked for, or the plain one, which every engine takes, in place of the other; undefined where there is
 * neither.
 *
 * @throws Error for a file of another version.
 */
export function givenKernels(
  name: string,
  version: string,
  build: KernelBuild = 'simd',
): GivenKernels | undefined {
  const file = given.get(`${name} ${build}`) ?? given.get(`${name} simd`)
  if (file !== undefined) expectVersion(file, version)
  return file
}

/**
 * A module of kernels, without waiting: as it was given, or compiled from what the program carries.
 *
 * @param bytes what it carries
 * @throws Error for a given file of another version, and where the engine may not compile.
 */
export function kernelModule(
  name: string,
  version: string,
  bytes: () => Uint8Array<ArrayBuffer>,
  build?: KernelBuild,
): WebAssembly.Module {
  const file = givenKernels(name, version, build)
  if (file !== undefined) return file.module
  try {
    return new WebAssembly.Module(bytes())
  } catch (error) {
    throw new Error(
      `wasm: the engine does not compile the kernels ${name}, ${(error as Error).message}; where it may not, give them to init({ kernels }) compiled`,
    )
  }
}
