import type { DType } from '../../dtype.ts'
import type { GpuTexture } from './gpu-js.ts'
import type { TextureLayout } from './texture-layout.ts'

/** The states of `units` units a row as floats, one a unit: of one bit, a unit is on where its float is above 0; of more they are the states. */
export interface UnitStates {
  readonly texture: GpuTexture
  readonly layout: TextureLayout
  readonly units: number
  readonly bits: number
}

/** Memory of one tensor and its views. Textures are never written to: an update puts another in their place. */
export interface TextureStorage {
  readonly dtype: DType
  readonly size: number
  readonly layout: TextureLayout
  /** Null before anything is computed, and always where there are no elements. */
  texture: GpuTexture | null
  /** Of a region code whose words nobody has asked for yet: what they will be packed from. Null otherwise. */
  states: UnitStates | null
}

/** A tensor's elements: `size` of them from `offset` on. */
export interface GpuBuffer {
  readonly storage: TextureStorage
  readonly offset: number
  readonly size: number
}

/** All elements of a storage. */
export const wholeOf = (storage: TextureStorage): GpuBuffer => ({ storage, offset: 0, size: storage.size })
