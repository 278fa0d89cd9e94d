import { denseKind } from './dense.ts'
import type { LayerKind } from './layer-kind.ts'
import { reshapeKind } from './reshape.ts'
import { residualKind } from './residual.ts'
import { shiftKind } from './shift.ts'

/** The table of kinds: what a file may hold. `laws.test.ts` tries every row. */
export const layerKinds: readonly LayerKind[] = [denseKind, shiftKind, reshapeKind, residualKind]
