// The program of all workers of the page.
import { scope } from './channel.ts'
import { kernels } from './kernels.ts'
import type { WorkerPart } from './start-worker.ts'

const parts: Readonly<Record<WorkerPart, () => Promise<unknown>>> = {
  train: () => import('./train-worker.ts'),
  view: () => import('./view-worker.ts'),
  file: () => import('./file-worker.ts'),
}

/** What comes in while the worker's part is being loaded. */
const early: MessageEvent[] = []
scope.onmessage = (event) => void early.push(event)

// Of what computes, beside the part, which would ask for them only when it has come itself.
if (scope.name !== 'file') {
  kernels()
  void import('./start-engine.ts')
}
await parts[scope.name as WorkerPart]()

for (const event of early) scope.onmessage(event)
