import type { Backend } from './backend.ts'
import { noteStart, startedElsewhere } from './copies.ts'

// A slot of its own, which knows no backend: whoever makes tensors needs the one that has been chosen, not all that there are.
let active: Backend | null = null
let debug = false

/** Makes a backend the one that computes. @param isDebugging whether tensors remember where they were made */
export function activate(backend: Backend, isDebugging: boolean): void {
  if (active !== null && active !== backend) active.rest?.()
  active = backend
  noteStart()
  debug = isDebugging
}

/** The backend that `init` has chosen. @throws Error before `init`, naming the operation. */
export function activeBackend(op: string): Backend {
  if (active === null)
    throw new Error(`${op}: there is no backend yet: call await init() first${startedElsewhere()}`)
  return active
}

/** The most exact floats that the active backend computes in. @throws Error before `init`, naming the operation. */
export const widestFloat = (op: string): 'float32' | 'float64' => activeBackend(op).widestFloat ?? 'float64'

/** Whether `backend` is the active one. */
export const isActive = (backend: Backend): boolean => active === backend

/** Whether `init` has chosen a backend. */
export const isStarted = (): boolean => active !== null

/** Whether tensors remember where they were made: `init({ debug: true })`. */
export const isDebug = (): boolean => debug
