// The program of both workers of the page.
import { scope } from './channel.ts'

/** What comes in while the worker's part is being loaded. */
const early: MessageEvent[] = []
scope.onmessage = (event) => void early.push(event)

if (scope.name === 'train') await import('./train-worker.ts')
else await import('./view-worker.ts')

for (const event of early) scope.onmessage(event)
