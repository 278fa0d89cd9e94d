import { init, tensor } from '@facet/tensor'
import { gpu } from '@facet/tensor/gpu'
import * as tf from '@tensorflow/tfjs'
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import '@tensorflow/tfjs-backend-webgpu'
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'
import { type Contender, Skip } from '../../src/contenders/contender.ts'
import { facetSession } from '../../src/contenders/facet.ts'
import { prepareWith } from '../../src/contenders/tensorflow-session.ts'
import { finishing } from './finished.ts'
import { naive } from './naive.ts'

const facetGpu: Contender = {
  name: 'gpu',
  title: 'Facet gpu',
  async open() {
    const backend = await gpu.backend().catch((error: Error) => {
      throw new Skip(error.message)
    })
    await init({ backend: 'gpu' })
    const probe = tensor([0])
    return finishing(
      facetSession({ backend: 'gpu' }, `this checkout, gpu.js 2.24.1, ${backend.device.renderer}`),
      async () => void (await probe.data()),
    )
  },
}

const facetWasm: Contender = {
  name: 'wasm',
  title: 'Facet wasm',
  async open() {
    await init({ backend: 'wasm' })
    return finishing(facetSession({ backend: 'wasm' }, 'this checkout, 1 thread'), async () => {})
  },
}

const tensorflow = (backend: 'webgl' | 'webgpu' | 'wasm', title: string): Contender => ({
  name: `tfjs-${backend}`,
  title,
  async open() {
    if (
      backend === 'webgpu' &&
      !(await (navigator as { gpu?: { requestAdapter(): Promise<unknown> } }).gpu?.requestAdapter())
    )
      throw new Skip('this browser has no adapter for WebGPU')
    tf.enableProdMode()
    setWasmPaths({
      'tfjs-backend-wasm.wasm': plainUrl,
      'tfjs-backend-wasm-simd.wasm': simdUrl,
      'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
    })
    setThreadsCount(1)
    if (!(await tf.setBackend(backend))) throw new Skip(`setBackend('${backend}') failed`)
    const activate = async () => void (await tf.setBackend(backend))
    // Else it does small things on the host, the last one too, whose result is to show that the device is done.
    tf.env().set('WEBGL_CPU_FORWARD', false)
    const probe = tf.keep(tf.add(tf.scalar(1), 0))
    return finishing(
      {
        version: `@tensorflow/tfjs ${tf.version_core}, ${backend}`,
        prepare: prepareWith(tf as never, activate),
        close: () => {},
      },
      async () => {
        const done = tf.add(probe, 0)
        await done.data()
        done.dispose()
      },
    )
  },
})

/** In the order of tables; ratios are relative to the first. */
export const contenders: readonly Contender[] = [
  facetGpu,
  naive,
  tensorflow('webgl', 'TensorFlow.js WebGL'),
  tensorflow('webgpu', 'TensorFlow.js WebGPU'),
  facetWasm,
  tensorflow('wasm', 'TensorFlow.js wasm'),
]
