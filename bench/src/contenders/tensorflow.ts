import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type * as Wasm from '@tensorflow/tfjs-backend-wasm'
import type * as Core from '@tensorflow/tfjs-core'
import { compilesVectors, expectVectors } from '../harness/simd.ts'
import { type Contender, type Session, Skip } from './contender.ts'
import { prepareWith } from './tensorflow-session.ts'
import { wasmVectors } from './wasm.ts'

// Its ES modules do not resolve in Node (imports without extension); its CommonJS builds do.
const require = createRequire(import.meta.url)

/** TensorFlow.js with one of its backends, which are global: each entry switches to its own. */
const contender = (backend: 'cpu' | 'wasm'): Contender => ({
  name: `tfjs-${backend}`,
  title: `TensorFlow.js ${backend}`,
  open: () => open(backend),
})

let simd: boolean | undefined

async function open(backend: 'cpu' | 'wasm'): Promise<Session> {
  let tf: typeof Core
  try {
    // The whole package: `tfjs-core` alone registers no gradients.
    tf = require('@tensorflow/tfjs')
    if (backend === 'wasm') {
      const name = '@tensorflow/tfjs-backend-wasm'
      const wasm: typeof Wasm = require(name)
      wasm.setWasmPaths(`${dirname(require.resolve(name))}/`)
      wasm.setThreadsCount(1)
    }
  } catch (error) {
    throw new Skip((error as Error).message.split('\n')[0])
  }
  tf.enableProdMode()
  const vectors = await compilesVectors(async () => {
    if (!(await tf.setBackend(backend))) throw new Skip(`setBackend('${backend}') failed`)
  })
  // The backend is compiled once a process: whoever opens it again is told what was found then.
  if (backend === 'wasm') {
    simd ??= vectors
    expectVectors('@tensorflow/tfjs-backend-wasm', simd)
    if (await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) {
      const threads = (require('@tensorflow/tfjs-backend-wasm') as typeof Wasm).getThreadsCount()
      if (threads !== 1) throw new Error(`tfjs-wasm: expected 1 thread, got ${threads}`)
    }
  }
  return {
    version: `@tensorflow/tfjs ${tf.version_core}${backend === 'wasm' ? ', SIMD on, 1 thread' : ''}`,
    vectors: backend === 'wasm' ? wasmVectors : 'none',
    prepare: prepareWith(tf, async () => void (await tf.setBackend(backend))),
    cannot: { localAffine: 'no adapter: only NumPy and PyTorch have one' },
    close: () => {},
  }
}

export const [tfjsCpu, tfjsWasm] = [contender('cpu'), contender('wasm')]
