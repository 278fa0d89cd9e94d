import { processorFlags } from '../report/flags.ts'
import { padding } from '../work/conv.ts'
import type { Arrays, ConvWork, MatmulWork } from '../work/work.ts'
import { type Contender, type Prepared, Skip } from './contender.ts'
import { convModel, productModel } from './onnx-model.ts'

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
    /** A session that runs a model into a given output, which saves it an allocation a run. */
    async function prepared(
      model: Uint8Array,
      operands: Arrays,
      output: string,
      shape: readonly number[],
    ): Promise<Prepared> {
      const session = await ort.InferenceSession.create(model, {
        executionProviders: ['cpu'],
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        executionMode: 'sequential',
      })
      const feeds = Object.fromEntries(
        Object.entries(operands).map(([name, { values, shape }]) => [
          name,
          new ort.Tensor('float32', values, shape),
        ]),
      )
      const count = shape.reduce((product, size) => product * size, 1)
      const fetches = { [output]: new ort.Tensor('float32', new Float32Array(count), shape) }
      const run = async () => void (await session.run(feeds, fetches))
      const result = async () => {
        await run()
        return fetches[output].data as Float32Array
      }
      return { entries: [{ result, clock: { kind: 'deferred', run } }], release: () => session.release() }
    }

    return {
      vectors: vectorsOf(processorFlags()),
      version: `onnxruntime-node ${ort.env.versions.node ?? ort.env.versions.common}`,
      cannot: {
        chain: 'compared on products and convolutions only',
        affine: 'compared on products and convolutions only',
        localAffine: 'compared on products and convolutions only',
        step: 'ONNX Runtime does not train',
      },
      prepare: {
        matmul: ({ m, n, layout }: MatmulWork, { a, b }) =>
          prepared(productModel(a.shape, b.shape, [m, n], layout), { a, b }, 'c', [m, n]),
        async conv({ pass, batch, filters, size }: ConvWork, { x, weight, bias }) {
          if (pass === 'training') throw new Skip('ONNX Runtime does not train')
          const model = convModel(x.shape, weight, bias, padding)
          return prepared(model, { x }, 'y', [batch, filters, size, size])
        },
      },
      close: () => {},
    }
  },
}
