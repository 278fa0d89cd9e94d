// The program of all workers of the page.
import { scope } from './channel.ts'
import type { WorkerPart } from './start-worker.ts'

const parts: Readonly<Record<WorkerPart, () => Promise<unknown>>> = {
  train: () => import('./train-worker.ts'),
  view: () => import('./view-worker.ts'),
  file: () => import('./file-worker.ts'),
}

/** What comes in while the worker's part is being loaded. */
const early: MessageEvent[] = []
scope.onmessage = (event) => void early.push(event)

await parts[scope.name as WorkerPart]()

for (const event of early) scope.onmessage(event)
