import type { LabelChoice, ReadTable } from '../data/read-table.ts'
import type { FileAnswer, FileRequest } from './file-worker.ts'
import { startWorker } from './start-worker.ts'

/** A file that is being read. */
export interface Reading {
  readonly table: Promise<ReadTable>
  /** Ends it; `table` then never comes. */
  stop(): void
}

/** Reads a file in a worker of its own, which ends with it. Nothing of it leaves the machine. */
export function readFile(file: File, label: LabelChoice, onBytes: (bytes: number) => void): Reading {
  const worker = startWorker('file')
  const table = new Promise<ReadTable>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<FileAnswer>) => {
      if (data.kind === 'bytes') return onBytes(data.bytes)
      worker.terminate()
      if (data.kind === 'table') resolve(data.table)
      else reject(new Error(data.message))
    }
    worker.onerror = () => {
      worker.terminate()
      reject(new Error(`${file.name}: expected a file that can be read, got none`))
    }
  })
  worker.postMessage({ file, label } satisfies FileRequest)
  return { table, stop: () => worker.terminate() }
}
