import { aValue, describe, type OptionsOf, optionTable, quote, withDefault } from '@facet/tensor/checks'
import { knownKinds } from './known-kinds.ts'
import { knownRow, type LayerKind } from './layer-kind.ts'

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
 * The rows of one's own that are given.
 * @throws TypeError for what is no row, RangeError for one whose kind or class there is already.
 */
export function ownKinds(operation: string, options: KindOptions): readonly LayerKind[] {
  const own = kindOptions.resolve(options, operation).kinds
  expectNewKinds(operation, own)
  return own
}

/** @throws TypeError for what is no row, RangeError for one whose kind or class there is already. */
export function expectNewKinds(operation: string, own: readonly LayerKind[]): void {
  own.forEach((row, i) => {
    const place = `${operation}: kinds[${i}]`
    if (!isRow(row)) {
      throw new TypeError(
        `${place}: expected a row { kind, layer, read }, a text, a class and a function, got ${describe(row)}`,
      )
    }
    const taken = takenBy(row, own.slice(0, i))
    if (taken !== null) {
      const what = taken === row.kind ? 'a kind' : 'a class'
      throw new RangeError(
        `${place}: expected ${what} that no other row has, got ${quote(row.kind)}, where ${quote(taken)} has the same`,
      )
    }
  })
}

/** The kind of the row that has the same kind or class, Facet's own or an earlier one. */
function takenBy(row: LayerKind, before: readonly LayerKind[]): string | null {
  if (knownKinds.includes(row.kind)) return row.kind
  const { prototype } = row.layer
  const known = prototype && knownRow(prototype)
  if (known && known.layer.prototype === prototype) return known.kind
  return (
    before.find(({ kind, layer }) => kind === row.kind || layer.prototype === row.layer.prototype)?.kind ??
    null
  )
}

function isRow(row: unknown): row is LayerKind {
  const { kind, layer, read } = (row ?? {}) as Partial<LayerKind>
  const isText = typeof kind === 'string' && kind !== ''
  return isText && typeof layer === 'function' && typeof read === 'function'
}
