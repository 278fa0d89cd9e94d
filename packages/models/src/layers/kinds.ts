import { averagePoolKind } from './average-pool.ts'
import { convKind } from './conv.ts'
import { convTransposeKind } from './conv-transpose.ts'
import { denseKind } from './dense.ts'
import type { LayerKind } from './layer-kind.ts'
import { maxPoolKind } from './max-pool.ts'
import { maxoutKind } from './maxout.ts'
import { expectNewKinds } from './own-kinds.ts'
import { reshapeKind } from './reshape.ts'
import { residualKind } from './residual.ts'
import { shiftKind } from './shift.ts'
import { upsampleKind } from './upsample.ts'

/** The table of kinds: what a file may hold. `laws.test.ts` tries every row. */
export const layerKinds: readonly LayerKind[] = [
  denseKind,
  convKind,
  convTransposeKind,
  maxPoolKind,
  averagePoolKind,
  upsampleKind,
  maxoutKind,
  residualKind,
  shiftKind,
  reshapeKind,
]

/**
 * The table of kinds with rows of one's own.
 * @throws TypeError for what is no row, RangeError for one whose kind or class there is already.
 */
export function kindsWith(operation: string, own: readonly LayerKind[]): readonly LayerKind[] {
  expectNewKinds(operation, own)
  return [...layerKinds, ...own]
}
