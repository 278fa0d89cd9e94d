import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type * as Wasm from '@tensorflow/tfjs-backend-wasm'
import type * as Core from '@tensorflow/tfjs-core'
import { type Contender, type Session, Skip } from './contender.ts'
import { prepareWith } from './tensorflow-session.ts'

// Its ES modules do not resolve in Node (imports without extension); its CommonJS builds do.
const require = createRequire(import.meta.url)

/** TensorFlow.js with one of its backends, which are global: each entry switches to its own. */
const contender = (backend: 'cpu' | 'wasm'): Contender => ({
  name: `tfjs-${backend}`,
  title: `TensorFlow.js ${backend}`,
  open: () => open(backend),
})

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
  if (!(await tf.setBackend(backend))) throw new Skip(`setBackend('${backend}') failed`)
  const simd = backend === 'wasm' && (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))
  const settings = backend === 'wasm' ? `, SIMD ${simd ? 'on' : 'off'}, 1 thread` : ''
  return {
    version: `@tensorflow/tfjs ${tf.version_core}${settings}`,
    prepare: prepareWith(tf, async () => void (await tf.setBackend(backend))),
    cannot: { localAffine: 'no adapter: only NumPy and PyTorch have one' },
    close: () => {},
  }
}

export const [tfjsCpu, tfjsWasm] = [contender('cpu'), contender('wasm')]
