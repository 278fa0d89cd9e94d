import type * as Jax from '@jax-js/jax'
import { compilesVectors, expectVectors } from '../harness/simd.ts'
import { checkedSteps } from '../work/step.ts'
import type {
  AffineWork,
  Arrays,
  ChainWork,
  ConvWork,
  HostArray,
  MatmulWork,
  StepWork,
} from '../work/work.ts'
import { type Contender, type Entry, type Prepared, type Session, Skip } from './contender.ts'
import { convLayer, type JaxConvWay, jaxConvWays, startJaxConvTraining } from './jax-conv.ts'
import { startJaxTraining } from './jax-training.ts'
import { wasmVectors } from './wasm.ts'

type Array = Jax.Array

let simd = false

/** jax-js on its WebAssembly device (its other one without a GPU, `cpu`, is a slow interpreter for tests). */
export const jax: Contender = {
  name: 'jax-js',
  title: 'jax-js',
  async open() {
    // It asks for `navigator.gpu` when loaded, which Node 20 does not have.
    ;(globalThis as { navigator?: object }).navigator ??= {}
    let library: typeof Jax
    try {
      library = await import('@jax-js/jax')
      const devices = await library.init('wasm')
      if (!devices.includes('wasm')) throw new Error(`its devices are ${devices.join(', ')}`)
    } catch (error) {
      throw new Skip((error as Error).message)
    }
    library.defaultDevice('wasm')
    const { numpy: np } = library
    // Its kernels are compiled for a shape when that is first used: one that is nobody else's.
    const found = await compilesVectors(async () => {
      const [a, b] = [np.ones([37, 64]), np.ones([64, 96])]
      const [product] = await library.blockUntilReady([np.matmul(a, b)])
      product.dispose()
    })
    simd ||= found
    expectVectors('@jax-js/jax', simd)
    return {
      vectors: wasmVectors,
      version: '@jax-js/jax 0.1.25, device wasm, SIMD on',
      prepare: prepareWith(library),
      cannot: { localAffine: 'no adapter: only NumPy and PyTorch have one' },
      close: () => {},
    }
  },
}

function prepareWith(jax: typeof Jax): Session['prepare'] {
  const { numpy: np, nn } = jax
  const upload = ({ shape, values }: HostArray): Array => np.array(values).reshape([...shape])

  /** `compute` uses its arguments up, as every function of jax-js does. */
  const entry = (variant: string, resident: readonly Array[], compute: (...x: Array[]) => Array[]): Entry => {
    const run = async () => {
      const outputs = await jax.blockUntilReady(compute(...resident.map((x) => x.ref)))
      for (const x of outputs) x.dispose()
    }
    return {
      variant,
      async result() {
        const [first, ...rest] = compute(...resident.map((x) => x.ref))
        for (const x of rest) x.dispose()
        return (await first.data()) as Float32Array
      },
      clock: { kind: 'deferred', run },
    }
  }
  const prepared = (resident: readonly Array[], entries: readonly Entry[]): Prepared => ({
    entries,
    release: () => resident.forEach((x) => x.dispose()),
  })

  return {
    async matmul({ layout }: MatmulWork, inputs: Arrays) {
      const turned = (x: Array, turn: boolean) => (turn ? np.transpose(x) : x)
      const resident = [upload(inputs.a), upload(inputs.b)]
      const product = (a: Array, b: Array) => [
        np.matmul(turned(a, layout === 'tn'), turned(b, layout === 'nt')),
      ]
      const compiled = jax.jit(product) as unknown as typeof product
      return prepared(resident, [
        entry('jit', resident, compiled as never),
        entry('eager', resident, product as never),
      ])
    },
    async affine(_: AffineWork, inputs: Arrays) {
      const resident = [upload(inputs.x), upload(inputs.weight), upload(inputs.bias)]
      const pre = (x: Array, weight: Array, bias: Array) => np.matmul(x, np.transpose(weight)).add(bias)
      const without = jax.jit((x: Array, w: Array, b: Array) => [nn.relu(pre(x, w, b))])
      const withCodes = jax.jit((x: Array, w: Array, b: Array) => {
        const y = pre(x, w, b)
        return [nn.relu(y.ref), y.greater(0)]
      })
      return prepared(resident, [
        entry('jit with codes', resident, withCodes as never),
        entry('jit without codes', resident, without as never),
      ])
    },
    async chain({ length }: ChainWork, inputs: Arrays) {
      const resident = [upload(inputs.a), upload(inputs.b)]
      const sums = (a: Array, b: Array) => {
        let y = a
        for (let i = 0; i < length; i++) y = y.add(i + 1 < length ? b.ref : b)
        return [y]
      }
      const compiled = jax.jit(sums) as unknown as typeof sums
      return prepared(resident, [
        entry('jit', resident, compiled as never),
        entry('eager', resident, sums as never),
      ])
    },
    async conv(work: ConvWork, inputs: Arrays) {
      const ways = Object.keys(jaxConvWays) as JaxConvWay[]
      if (work.pass === 'forward') {
        const resident = [upload(inputs.x), upload(inputs.weight), upload(inputs.bias)]
        const compiled = (way: JaxConvWay) => {
          const layer = convLayer(jax, work, way)
          return jax.jit((x: Array, weight: Array, bias: Array) => [layer(x, weight, bias)])
        }
        return prepared(
          resident,
          ways.map((way) => entry(way, resident, compiled(way) as never)),
        )
      }
      const trainings = ways.map((way) => startJaxConvTraining(jax, work, inputs, way))
      const entryOf = (way: JaxConvWay, i: number): Entry => ({
        variant: way,
        async result() {
          const own = startJaxConvTraining(jax, work, inputs, way)
          const numbers = await own.result()
          own.release()
          return numbers
        },
        clock: { kind: 'deferred', run: () => trainings[i].step() },
      })
      return {
        entries: ways.map(entryOf),
        release: () => {
          for (const training of trainings) training.release()
        },
      }
    },
    async step(work: StepWork, inputs: Arrays) {
      if (work.objective !== 'ae') throw new Skip('no adapter: only the plain autoencoder has one')
      const { values, shape } = inputs.data
      const row = shape[1] * work.batch
      const batches = Math.floor(values.length / row)
      const ways = [true, false].map((compiled) => ({
        compiled,
        training: startJaxTraining(jax, inputs, compiled),
      }))
      const entryOf = ({ compiled, training }: (typeof ways)[number]): Entry => {
        let at = 0
        return {
          variant: compiled ? 'jit' : 'eager',
          async result() {
            const own = startJaxTraining(jax, inputs, compiled)
            const losses: number[] = []
            for (let s = 0; s < checkedSteps; s++) {
              const loss = await own.step(upload(inputs[`x${s}`]))
              losses.push(loss, loss)
            }
            own.release()
            return losses
          },
          clock: {
            kind: 'deferred',
            async run() {
              // Consecutive rows copied from the host: cheaper for it than a gather of 16 rows.
              const x = np.array(values.subarray(at * row, (at + 1) * row)).reshape([work.batch, shape[1]])
              at = (at + 1) % batches
              await training.step(x)
            },
          },
        }
      }
      return {
        entries: ways.map(entryOf),
        release: () => ways.forEach(({ training }) => training.release()),
      }
    },
  }
}
