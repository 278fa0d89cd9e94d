import { bytesOf, kernelModule } from '@facet/tensor/checks'
import { kernels, version } from './kernels.generated.ts'

/** What the kernels ask the driver for. */
export interface Host {
  growVertices(): void
  growEdges(): void
  growFaces(): void
  growRows(level: number): void
  growList(level: number): void
  refine(v: number): void
  settle(level: number, v: number, unit: number): void
  compare(level: number, v: number, i: number, j: number): number
}

/** Numbers and pointers that the driver sets and reads. */
export type GlobalName =
  | ('capF' | 'capH' | 'capV' | 'codeWords' | 'F' | 'H' | 'lastLevel' | 'maxF' | 'rough' | 'V')
  | (
      | 'CODE'
      | 'COEF'
      | 'EDGES'
      | 'FIRST'
      | 'LEVELS'
      | 'ROWLIST'
      | 'SCRATCH'
      | 'SCRATCH2'
      | 'STACK'
      | 'VERTICES'
    )

export type Kernels = Readonly<Record<GlobalName, WebAssembly.Global<'i32'>>> & {
  /** Cuts the faces in a level's list. 0 where there are more than `maxF`. */
  cut(level: number): number
  /** Sums of |rows · rows| of a matrix at `matrix`, to `sums`. */
  gramSums(matrix: number, rows: number, columns: number, sums: number): void
}

let compiled: WebAssembly.Module | undefined

/** The kernels of plane partitions over a memory. What they ask for goes to the host that is in `hosted` then. */
export function startKernels(memory: WebAssembly.Memory, hosted: { host: Host | null }): Kernels {
  compiled ??= kernelModule('geometry/plane', version, () => bytesOf(kernels, 0))
  const host: Host = {
    growVertices: () => hosted.host!.growVertices(),
    growEdges: () => hosted.host!.growEdges(),
    growFaces: () => hosted.host!.growFaces(),
    growRows: (level) => hosted.host!.growRows(level),
    growList: (level) => hosted.host!.growList(level),
    refine: (v) => hosted.host!.refine(v),
    settle: (level, v, unit) => hosted.host!.settle(level, v, unit),
    compare: (level, v, i, j) => hosted.host!.compare(level, v, i, j),
  }
  const imports = { env: { memory }, host } as unknown as WebAssembly.Imports
  return new WebAssembly.Instance(compiled, imports).exports as unknown as Kernels
}
