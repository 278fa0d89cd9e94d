import type { SamplesFile } from '@facet/data/node'

/** The number of a sample in its file, from 1. */
export const rowNumber = ({ rows }: Pick<SamplesFile, 'rows'>, index: number): number =>
  (rows?.[index] ?? index) + 1

/** The class of a sample by its name; `null` without labels. */
export function labelOf(
  { labels, classes }: Pick<SamplesFile, 'labels' | 'classes'>,
  index: number,
): string | null {
  if (labels === null) return null
  return classes?.[labels[index]] ?? String(labels[index])
}
