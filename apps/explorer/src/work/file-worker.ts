// The worker that reads a file: it ends with it.
import { init } from '@facet/tensor'
import { type LabelChoice, type ReadTable, readTable } from '../data/read-table.ts'
import { scope, sentenceOf } from './channel.ts'

/** What the worker is asked. */
export interface FileRequest {
  readonly file: File
  readonly label: LabelChoice
}

/** What it answers: how many bytes it has read, then the table or why there is none. */
export type FileAnswer =
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'table'; readonly table: ReadTable }
  | { readonly kind: 'problem'; readonly message: string }

/** Milliseconds between two reports. */
const REPORT = 100

const say = (answer: FileAnswer, transfer: Transferable[] = []): void => scope.postMessage(answer, transfer)

async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
}

scope.onmessage = async ({ data: { file, label } }: MessageEvent<FileRequest>) => {
  let last = 0
  const onBytes = (bytes: number): void => {
    if (performance.now() - last < REPORT) return
    last = performance.now()
    say({ kind: 'bytes', bytes })
  }
  try {
    // Nothing is multiplied here: the plain backend needs no kernels.
    await init({ backend: 'reference' })
    const table = await readTable(chunksOf(file), { name: file.name, label }, onBytes)
    say({ kind: 'table', table }, [table.rows.values.buffer])
  } catch (error) {
    say({ kind: 'problem', message: sentenceOf(error) })
  }
}
