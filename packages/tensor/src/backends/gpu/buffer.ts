import type { DType } from '../../dtype.ts'
import type { Layout } from './layout.ts'
import type { GpuTexture } from './library.ts'

/** The states of units as numbers, one a unit: on where the number is above 0. */
export interface States {
  readonly texture: GpuTexture
  readonly layout: Layout
  readonly units: number
}

/** Memory of one tensor and its views. Textures are never written to: an update puts another in their place. */
export interface Storage {
  readonly dtype: DType
  readonly size: number
  readonly layout: Layout
  /** Null before anything is computed, and of no elements always. */
  texture: GpuTexture | null
  /** What a region code is packed from when somebody asks for its words. */
  states: States | null
}

/** A tensor's elements: `size` of them from `offset` on. */
export interface GpuBuffer {
  readonly storage: Storage
  readonly offset: number
  readonly size: number
}
