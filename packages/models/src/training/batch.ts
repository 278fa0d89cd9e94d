import { gather, type Tensor } from '@facet/tensor'
import { isRecording, refuseReplay } from '@facet/tensor/dispatch'
import type { Batch } from '../objectives/objective.ts'
import type { Samples } from './samples.ts'

/** The samples at `places`, an int32 tensor that a replayed step finds rewritten; `indices` are the same numbers. */
export function batchOf({ x, y }: Samples, places: Tensor, indices: Int32Array): Batch {
  const samples = y === undefined ? { x: gather(x, places) } : { x: gather(x, places), y: gather(y, places) }
  if (!isRecording()) return { ...samples, indices }
  return {
    ...samples,
    // What is made of their numbers in JavaScript would stay as it is in every replay.
    get indices() {
      refuseReplay('it reads the indices of the batch')
      return indices
    },
  }
}
