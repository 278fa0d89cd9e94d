import type { DType } from '../../dtype.ts'
import type { GpuTexture } from './gpu-js.ts'
import type { TextureLayout } from './texture-layout.ts'

/** The states of units as numbers, one a unit: on where the number is above 0. */
export interface UnitStates {
  readonly texture: GpuTexture
  readonly layout: TextureLayout
  readonly units: number
}

/** Memory of one tensor and its views. Textures are never written to: an update puts another in their place. */
export interface TextureStorage {
  readonly dtype: DType
  readonly size: number
  readonly layout: TextureLayout
  /** Null before anything is computed, and of no elements always. */
  texture: GpuTexture | null
  /** What a region code is packed from when somebody asks for its words. */
  states: UnitStates | null
}

/** A tensor's elements: `size` of them from `offset` on. */
export interface GpuBuffer {
  readonly storage: TextureStorage
  readonly offset: number
  readonly size: number
}
