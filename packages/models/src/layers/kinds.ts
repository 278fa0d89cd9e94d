import { aValue, describe, type OptionsOf, optionTable, quote, withDefault } from '@facet/tensor/checks'
import { averagePoolKind } from './average-pool.ts'
import { convKind } from './conv.ts'
import { convTransposeKind } from './conv-transpose.ts'
import { denseKind } from './dense.ts'
import type { LayerKind } from './layer-kind.ts'
import { maxPoolKind } from './max-pool.ts'
import { maxoutKind } from './maxout.ts'
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

/** The options of whatever writes or reads layers. */
export const kindOptions = optionTable('kinds', {
  /** The rows of layers of one's own that may be there, beside Facet's own kinds; default none. */
  kinds: withDefault(
    aValue<readonly LayerKind[]>('a list of rows of kinds of layers', (value) => Array.isArray(value)),
    [],
  ),
})

/** Which kinds of layers there are beside Facet's own. */
export type KindOptions = OptionsOf<typeof kindOptions>

/**
 * The table of kinds with rows of one's own.
 * @throws TypeError for what is no row, RangeError for one whose kind or class there is already.
 */
export function kindsWith(operation: string, own: readonly LayerKind[]): readonly LayerKind[] {
  const all = [...layerKinds]
  own.forEach((row, i) => {
    const place = `${operation}: kinds[${i}]`
    if (!isRow(row)) {
      throw new TypeError(
        `${place}: expected a row { kind, layer, read }, a text, a class and a function, got ${describe(row)}`,
      )
    }
    const taken = all.find(({ kind, layer }) => kind === row.kind || layer.prototype === row.layer.prototype)
    if (taken !== undefined) {
      const what = taken.kind === row.kind ? 'a kind' : 'a class'
      throw new RangeError(
        `${place}: expected ${what} that no other row has, got ${quote(row.kind)}, where ${quote(taken.kind)} has the same`,
      )
    }
    all.push(row)
  })
  return all
}

function isRow(row: unknown): row is LayerKind {
  const { kind, layer, read } = (row ?? {}) as Partial<LayerKind>
  const isText = typeof kind === 'string' && kind !== ''
  return isText && typeof layer === 'function' && typeof read === 'function'
}

/** The kinds of a table, for errors. */
export const namesOf = (kinds: readonly LayerKind[]): string => kinds.map(({ kind }) => kind).join(', ')
