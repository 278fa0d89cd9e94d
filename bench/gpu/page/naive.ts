import { type Contender, type Entry, Skip } from '../../src/contenders/contender.ts'
import type { Arrays, HostArray, MatmulWork } from '../../src/work/work.ts'
import { finishing } from './finished.ts'

interface Texture {
  toArray(): Float32Array[]
  delete(): void
}
interface Gpu {
  createKernel(source: string, settings: object): (...inputs: unknown[]) => Texture
}
type Constructor = new (settings: object) => Gpu

const nested = ({ shape: [rows, columns], values }: HostArray): Float32Array[] =>
  Array.from({ length: rows }, (_, i) => values.subarray(i * columns, (i + 1) * columns))

/** The product in gpu.js as its README writes it, operands resident. */
export const naive: Contender = {
  name: 'naive',
  title: 'gpu.js, naive',
  async open() {
    // Not before Facet has loaded it: gpu.js puts itself in the place of WebGPU's `GPU`, which Facet puts back.
    const library = (await import('gpu.js')) as unknown as { GPU?: unknown; default?: { GPU?: unknown } }
    const GPU = (library.GPU ?? library.default?.GPU ?? library.default) as Constructor
    let gpu: Gpu
    try {
      gpu = new GPU({ mode: 'webgl2' })
    } catch (error) {
      throw new Skip((error as Error).message)
    }
    const settings = { pipeline: true, immutable: true, precision: 'single' as const }
    const copy = (columns: number, rows: number) =>
      gpu.createKernel('function(a) { return a[this.thread.y][this.thread.x]; }', {
        ...settings,
        output: [columns, rows],
      })
    const one = copy(1, 1)([[1]])
    const session = {
      version: 'gpu.js 2.24.1',
      vectors: 'none',
      cannot: {
        affine: 'only products',
        step: 'only products',
        elementwise: 'only products',
        reduction: 'only products',
      },
      prepare: {
        async matmul({ m, k, n, layout }: MatmulWork, inputs: Arrays) {
          if (layout !== 'nn') throw new Skip('only nn')
          if (m > 512)
            throw new Skip('up to 512³: a product of 1024³ takes a software rasteriser ten seconds')
          const a = copy(k, m)(nested(inputs.a))
          const b = copy(n, k)(nested(inputs.b))
          const product = gpu.createKernel(
            `function(a, b) {
              let sum = 0;
              for (let i = 0; i < this.constants.k; i++) sum += a[this.thread.y][i] * b[i][this.thread.x];
              return sum;
            }`,
            { ...settings, output: [n, m], constants: { k } },
          )
          const entry: Entry = {
            async result() {
              const texture = product(a, b)
              const values = Float32Array.from(texture.toArray().flatMap((row) => [...row]))
              texture.delete()
              return values
            },
            clock: { kind: 'synchronous', run: () => product(a, b).delete() },
          }
          return { entries: [entry], release: () => [a, b].forEach((t) => t.delete()) }
        },
      },
      close: () => {},
    }
    const look = gpu.createKernel('function(a) { return a[this.thread.y][this.thread.x]; }', {
      precision: 'single',
      output: [1, 1],
    })
    return finishing(session, async () => void look(one))
  },
}
