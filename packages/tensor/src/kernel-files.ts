import type { builtin } from './backends/wasm/threads/builtin.ts'
import type { describe } from './checks.ts'
import type { expectVersion, GivenKernels, KernelBuild } from './kernel-modules.ts'
import type { isMistake, mistake } from './mistakes.ts'

/** Kernels as a program has them: compiled, as bytes, or the address or the response that they come from. */
export type KernelSource = WebAssembly.Module | BufferSource | URL | string | Response

/** One file of kernels, or both builds of it, of which the one that the engine takes is loaded. */
export type KernelFile =
  | KernelSource
  | Promise<KernelSource>
  | {
      readonly simd: KernelSource | Promise<KernelSource>
      readonly relaxed?: KernelSource | Promise<KernelSource> | undefined
    }

const expected =
  'expected a WebAssembly.Module, its bytes, an address or a Response, alone, as { simd, relaxed } or several in a list'

/** The class of a value, which may come from another window or thread. */
const classOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1)

/** The smallest module with an instruction of SIMD. */
const simdProbe = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, 8, 1, 6, 0, 65, 0, 253, 15, 11],
)

/** Whether the engine compiles anything at all: a page's security policy may forbid it. */
const compilesAnything = (): Promise<boolean> =>
  WebAssembly.compile(simdProbe).then(
    () => true,
    () => false,
  )

interface Compiled {
  readonly module: WebAssembly.Module
  readonly bytes: Uint8Array<ArrayBuffer> | null
}

const magic = [0, 0x61, 0x73, 0x6d]

async function compileBytes(
  bytes: Uint8Array<ArrayBuffer>,
  from: string,
  { mistake }: Wanted,
): Promise<Compiled> {
  if (!magic.every((byte, i) => bytes[i] === byte)) {
    const start = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
    throw mistake(
      new TypeError(
        `init: kernels: expected WebAssembly, whose bytes begin with 00 61 73 6d, ${from}got ${start || 'no bytes'}`,
      ),
    )
  }
  return { module: await WebAssembly.compile(bytes), bytes }
}

async function compileResponse(response: Response, wanted: Wanted): Promise<Compiled> {
  const from = response.url === '' ? '' : `at ${response.url} `
  if (!response.ok)
    throw wanted.mistake(
      new Error(`init: kernels: expected a file ${from}got ${response.status} ${response.statusText}`),
    )
  // Compiled as they come, where the server names them as what they are.
  if (!wanted.keepsBytes && /^application\/wasm\b/.test(response.headers.get('content-type') ?? ''))
    return { module: await WebAssembly.compileStreaming(response), bytes: null }
  return compileBytes(new Uint8Array(await response.arrayBuffer()), from, wanted)
}

async function load(address: URL | string, wanted: Wanted): Promise<Compiled> {
  const { builtin, mistake } = wanted
  const fs = builtin<typeof import('node:fs/promises')>('node:fs/promises')
  const unreadable = (error: Error): never => {
    throw mistake(new Error(`init: kernels: expected a file at ${address}, got: ${error.message}`))
  }
  // `fetch` of Node knows no files.
  if (fs !== undefined && String(address).startsWith('file:')) {
    const bytes = await fs.readFile(new URL(address)).catch(unreadable)
    return compileBytes(new Uint8Array(bytes), `at ${address} `, wanted)
  }
  return compileResponse(await fetch(address).catch(unreadable), wanted)
}

async function compileSource(source: unknown, wanted: Wanted): Promise<Compiled> {
  const name = classOf(source)
  if (name === 'WebAssembly.Module') return { module: source as WebAssembly.Module, bytes: null }
  if (typeof source === 'string' || name === 'URL') return load(source as URL | string, wanted)
  if (name === 'Response') return compileResponse(source as Response, wanted)
  if (name === 'ArrayBuffer') return compileBytes(new Uint8Array(source as ArrayBuffer).slice(), '', wanted)
  if (ArrayBuffer.isView(source)) {
    const { buffer, byteOffset, byteLength } = source
    return compileBytes(new Uint8Array(buffer, byteOffset, byteLength).slice(), '', wanted)
  }
  throw wanted.mistake(new TypeError(`init: kernels: ${expected}, got ${wanted.describe(source)}`))
}

/** What a module says it is. @throws TypeError for one that is no file of ours. */
function identify({ module, bytes }: Compiled, { mistake }: Wanted): GivenKernels {
  const [label] = WebAssembly.Module.customSections(module, 'facet')
  const [name, build, version] = label === undefined ? [] : new TextDecoder().decode(label).split(' ')
  if (version !== undefined) return { name, build: build as KernelBuild, version, module, bytes }
  const names = WebAssembly.Module.exports(module).map(({ name }) => name)
  const some = names.length > 5 ? `${names.slice(0, 5).join(', ')}, …` : names.join(', ')
  throw mistake(
    new TypeError(
      `init: kernels: expected a file of kernels such as @facet/tensor/kernels/core.wasm, got a module that exports ${some || 'nothing'}`,
    ),
  )
}

/** What `init` lends: bundlers put what a program and a file that it loads later both import into a third file, which all would load. */
interface Lent {
  readonly builtin: typeof builtin
  readonly describe: typeof describe
  readonly expectVersion: typeof expectVersion
  readonly isMistake: typeof isMistake
  readonly mistake: typeof mistake
}

interface Wanted extends Lent {
  /** Whether the build with fused multiply-add is wanted and the engine has it. */
  readonly relaxed: boolean
  /** Whether bytes are kept, which threads compile for a shared memory. */
  readonly keepsBytes: boolean
  /** Version of the files of this package. */
  readonly version: string
}

async function loadFile(file: unknown, wanted: Wanted): Promise<GivenKernels> {
  const { relaxed, version, expectVersion } = wanted
  const isPair = classOf(file) === 'Object' && ('simd' in (file as object) || 'relaxed' in (file as object))
  const pair = file as { simd?: unknown; relaxed?: unknown }
  const asked: KernelBuild = relaxed && pair.relaxed !== undefined ? 'relaxed' : 'simd'
  const known = identify(await compileSource(await (isPair ? pair[asked] : file), wanted), wanted)
  if (isPair ? known.build !== asked : known.build === 'relaxed' && !relaxed) {
    const option = isPair ? `kernels.${asked}` : 'kernels, with relaxedSimd: false'
    const build = isPair ? asked : 'simd'
    throw wanted.mistake(
      new TypeError(
        `init: ${option}: expected the build ${build} of ${known.name}, got the build ${known.build}`,
      ),
    )
  }
  if (known.name.startsWith('tensor/')) expectVersion(known, version)
  return known
}

/**
 * Loads and compiles what `init` is given. Where the engine compiles nothing, what is to be compiled is left out: who uses it says so.
 *
 * @throws TypeError for what is no file of kernels, Error for one of another version and one that is not found.
 */
export async function loadKernels(
  kernels: KernelFile | readonly KernelFile[],
  wanted: Wanted,
): Promise<GivenKernels[]> {
  const files = Array.isArray(kernels) ? kernels : [kernels]
  const loading = files.map((file) =>
    loadFile(file, wanted).catch(async (error: Error) => {
      if (wanted.isMistake(error)) throw error
      if (!(await compilesAnything())) return null
      throw new TypeError(`init: kernels: expected WebAssembly that the engine takes, got: ${error.message}`)
    }),
  )
  return (await Promise.all(loading)).filter((file) => file !== null)
}
