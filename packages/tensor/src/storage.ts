import type { Backend } from './backend.ts'
import { type Footprint, type Unscoped, unlink } from './memory.ts'

/** Memory of a backend that a tensor and its views share; it is released with the last of them. */
export class Storage implements Footprint {
  /** Tensors that look into it. */
  users = 0
  readonly backend: Backend
  readonly buffer: unknown
  readonly bytes: number
  /** The op that made it. */
  readonly op: string
  /** Its entry in the list of memory outside scopes, where a tensor outside every scope looks into it. */
  unscoped: Unscoped | null = null

  constructor(backend: Backend, buffer: unknown, op: string, bytes: number) {
    this.backend = backend
    this.buffer = buffer
    this.op = op
    this.bytes = bytes
  }

  /** One user less. */
  leave(): void {
    if (--this.users > 0) return
    if (this.unscoped !== null) unlink(this.unscoped)
    this.backend.release(this.buffer)
  }
}
