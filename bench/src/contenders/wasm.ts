import { type Backend, type InitOptions, init } from '@facet/tensor'
import { type Contender, type Session, Skip } from './contender.ts'
import { facetSession } from './facet.ts'

/** What WebAssembly has, and every engine written in it. */
export const wasmVectors = '128 bit'

/** Opens our backend with other options than the default ones. @throws Skip where that gives nothing else. */
async function openOther(options: object, version: string): Promise<Session> {
  const ordinary = await init({ backend: 'wasm' })
  let other: Backend
  try {
    other = await init({ backend: 'wasm', ...options } as InitOptions)
  } catch (error) {
    throw new Skip((error as Error).message)
  }
  if (other === ordinary) throw new Skip(`init(${JSON.stringify(options)}) gives the backend that 'wasm' is`)
  return facetSession({ backend: 'wasm', ...options } as InitOptions, version, wasmVectors)
}

/** Our default: SIMD kernels, one thread, relaxed FMA where the engine has it. */
export const wasm: Contender = {
  name: 'wasm',
  title: 'Facet wasm',
  own: true,
  async open() {
    try {
      await init({ backend: 'wasm' })
    } catch (error) {
      throw new Skip((error as Error).message)
    }
    return facetSession({ backend: 'wasm' }, 'this checkout, 1 thread', wasmVectors)
  },
}

/** The build without relaxed SIMD, to see what FMA brings. */
export const wasmPlain: Contender = {
  name: 'wasm-plain',
  title: 'Facet wasm, no FMA',
  own: true,
  async open() {
    if (Number(process.versions.node.split('.')[0]) < 22) {
      throw new Skip(
        `Node ${process.versions.node} has no relaxed SIMD: 'wasm' is that build (Node 22 has it)`,
      )
    }
    return openOther({ relaxedSimd: false }, 'this checkout, 1 thread, plain SIMD')
  },
}

export const wasmThreads: Contender = {
  name: 'wasm-threads',
  title: 'Facet wasm, 2 threads',
  own: true,
  open: () => openOther({ threads: 2 }, 'this checkout, 2 threads'),
}
