import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { saveModel } from '@facet/models'
import { gather, type Tensor, tensor } from '@facet/tensor'
import { digitsOf, mnistModels, type Trained, trainBriefly } from './mnist-models.ts'

const script = fileURLToPath(new URL('./slice-child.ts', import.meta.url))

/** What the process of one slice is told. */
export interface SliceTask {
  /** A file that `saveModel` has written. */
  readonly model: string
  readonly plane: { readonly origin: number[]; readonly u: number[]; readonly v: number[] }
  readonly window: readonly [number, number]
}

/** What the process of a slice says. */
interface SliceMeasures {
  readonly units: number
  readonly regions: number
  readonly vertices: number
  readonly complete: boolean
  readonly verified: string
  readonly seconds: number
  /** Of the process beyond what it held before, the network included. */
  readonly peakBytes: number
  readonly structureBytes: number
}

/** The regions of an autoencoder in a plane through three digits, or why they were not found. */
export type Slice = Trained & {
  readonly model: string
  readonly epochs: number
  readonly trainingDigits: number
} & (SliceMeasures | { readonly failed: string })

/** The digits are at (0, 0), (1, 0) and (0, 1): their triangle lies inside. */
const window = [-0.1, 1.1] as const

/** Trains each model briefly and cuts the plane through the first three digits of the test part. */
export async function slices(
  folder: string,
  { quick, containing = '' }: { quick: boolean; containing?: string },
  onSlice: (slice: Slice) => void,
): Promise<Slice[]> {
  const trainingDigits = quick ? 200 : 2000
  const epochs = quick ? 1 : 3
  const digits = await digitsOf(folder, trainingDigits)
  const [a, b, c] = rowsOf(digits.test, 3)
  const minus = (row: readonly number[]) => row.map((x, i) => x - a[i])
  const plane = { origin: [...a], u: minus(b), v: minus(c) }
  const work = await mkdtemp(join(tmpdir(), 'facet-slices-'))
  const found: Slice[] = []
  try {
    for (const [name, make] of Object.entries(mnistModels)) {
      if (!name.includes(containing)) continue
      const model = make()
      const trained = await trainBriefly(model, digits, epochs)
      const task: SliceTask = { model: join(work, 'model.safetensors'), plane, window }
      await writeFile(task.model, await saveModel(model))
      await writeFile(join(work, 'task.json'), JSON.stringify(task))
      const args = ['--conditions=facet-source', '--import', 'tsx', script, join(work, 'task.json')]
      const measured = await promisify(execFile)(process.execPath, args).then(
        ({ stdout }) => JSON.parse(stdout) as SliceMeasures,
        (error: Error) => ({ failed: /^\w*Error: .*$/m.exec(error.message)?.[0] ?? error.message }),
      )
      const slice = { model: name, ...trained, epochs, trainingDigits, ...measured }
      found.push(slice)
      onSlice(slice)
    }
  } finally {
    await rm(work, { recursive: true })
  }
  return found
}

const rowsOf = (samples: Tensor, count: number): number[][] =>
  gather(samples, tensor(Int32Array.from({ length: count }, (_, i) => i))).toArray() as number[][]
