import { likeliest } from '@facet/tensor/checks'
import { fail, type Source, shown } from '../samples/source.ts'

/** Names that an error lists. */
const LISTED = 10

/**
 * The place of the column of labels among `count`, or −1 for none.
 *
 * @param columns the header, or `null`
 * @throws naming the columns that there are
 */
export function labelColumn(
  source: Source,
  labels: string | number | undefined,
  columns: readonly string[] | null,
  count: number,
): number {
  if (labels === undefined || labels === 'none') return -1
  if (typeof labels === 'number') {
    const at = labels < 0 ? labels + count : labels
    if (Number.isInteger(at) && at >= 0 && at < count) return at
    return fail(
      source,
      '',
      `labels: expected a column from 0 to ${count - 1}, or from -${count} to -1 counted from the end, got ${labels}`,
    )
  }
  if (columns === null) {
    return fail(source, 'line 1', `labels: expected a header with a column ${shown(labels)}, got numbers`)
  }
  const at = columns.indexOf(labels)
  if (at >= 0 && columns.indexOf(labels, at + 1) < 0) return at
  if (at >= 0) return fail(source, 'line 1', `labels: expected one column ${shown(labels)}, got several`)
  const like = likeliest(labels, columns)
  const more = columns.length > LISTED ? ', …' : ''
  const listed = columns.slice(0, LISTED).map(shown).join(', ') + more
  const hint = like === undefined ? '' : `; did you mean ${shown(like)}?`
  return fail(source, 'line 1', `labels: expected one of the columns ${listed}, got ${shown(labels)}${hint}`)
}
