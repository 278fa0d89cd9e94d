import { processorFlags } from '../report/flags.ts'
import type { MatmulWork } from '../work/work.ts'
import { type Contender, Skip } from './contender.ts'
import { productModel } from './onnx-model.ts'

/** Its products (MLAS) take their kernel by these flags when the library is loaded; it has no call that tells which. */
export function vectorsOf(flags: ReadonlySet<string>): string {
  if (flags.has('avx512f')) return '512 bit'
  return flags.has('avx2') && flags.has('fma') ? '256 bit' : '128 bit'
}

/** ONNX Runtime's native CPU provider; it runs models and does not train. */
export const onnxruntime: Contender = {
  name: 'onnxruntime',
  title: 'ONNX Runtime, 1 thread',
  async open() {
    const ort = await import('onnxruntime-node').catch((error: Error) => {
      throw new Skip(error.message.split('\n')[0])
    })
    return {
      vectors: vectorsOf(processorFlags()),
      version: `onnxruntime-node ${ort.env.versions.node ?? ort.env.versions.common}`,
      cannot: {
        chain: 'compared on matmul only',
        affine: 'compared on matmul only',
        localAffine: 'compared on matmul only',
        step: 'ONNX Runtime does not train',
      },
      prepare: {
        async matmul({ m, n, layout }: MatmulWork, { a, b }) {
          const model = productModel(a.shape, b.shape, [m, n], layout)
          const session = await ort.InferenceSession.create(model, {
            executionProviders: ['cpu'],
            intraOpNumThreads: 1,
            interOpNumThreads: 1,
            executionMode: 'sequential',
          })
          const feeds = {
            a: new ort.Tensor('float32', a.values, a.shape),
            b: new ort.Tensor('float32', b.values, b.shape),
          }
          // A given output saves it an allocation a run.
          const fetches = { c: new ort.Tensor('float32', new Float32Array(m * n), [m, n]) }
          const run = async () => void (await session.run(feeds, fetches))
          const result = async () => {
            await run()
            return fetches.c.data as Float32Array
          }
          return { entries: [{ result, clock: { kind: 'deferred', run } }], release: () => session.release() }
        },
      },
      close: () => {},
    }
  },
}
