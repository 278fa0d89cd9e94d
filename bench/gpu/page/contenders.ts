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
import { webGpuAdapter } from './webgpu.ts'

/** What the page is about. It throws where there is no WebGL2. */
const facetGpu: Contender = {
  name: 'gpu',
  title: 'Facet gpu',
  own: true,
  async open() {
    const { device } = await gpu.backend()
    await init({ backend: 'gpu' })
    const probe = tensor([0])
    return finishing(
      facetSession({ backend: 'gpu' }, `this checkout, gpu.js 2.24.1, ${device.renderer}`, 'none', {
        codesOnDemand: true,
      }),
      async () => void (await probe.data()),
    )
  },
}

const facetWasm: Contender = {
  name: 'wasm',
  title: 'Facet wasm',
  own: true,
  async open() {
    await init({ backend: 'wasm' })
    return finishing(facetSession({ backend: 'wasm' }, 'this checkout, 1 thread', '128 bit'), async () => {})
  },
}

const tensorflow = (backend: 'webgl' | 'webgpu' | 'wasm', title: string): Contender => ({
  name: `tfjs-${backend}`,
  title,
  async open() {
    const device = backend === 'webgpu' ? ` on ${await webGpuAdapter()}` : ''
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
    if (backend !== 'wasm') tf.env().set(`${backend.toUpperCase()}_CPU_FORWARD`, false)
    const probe = tf.keep(tf.add(tf.scalar(1), 0))
    return finishing(
      {
        version: `@tensorflow/tfjs ${tf.version_core}, ${backend}${device}`,
        vectors: backend === 'wasm' ? '128 bit' : 'none',
        prepare: prepareWith(tf as never, activate, backend === 'webgpu' ? 'promised' : 'synchronous'),
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
