import { UsageError } from '../errors.ts'
import { isOutput } from './out-file.ts'
import { outTarget } from './out-target.ts'

/** `.csv` of `codes.CSV`, `.csv.gz` of `codes.csv.gz`; empty for none. */
export const endingOf = (path: string): string => /\.[^./\\]+(\.gz)?$/.exec(path.toLowerCase())?.[0] ?? ''

/**
 * The kind of file that `--out` asks for by its ending. A pipe or device, and a name without ending, get the first kind.
 *
 * @param kinds by their endings
 * @throws UsageError for an ending that stands for something else
 */
export function kindByEnding<K>(out: string | undefined, kinds: Readonly<Record<string, K>>): K {
  const [first] = Object.values(kinds)
  if (isOutput(out)) return first
  const ending = endingOf(out)
  if (Object.hasOwn(kinds, ending)) return kinds[ending]
  if (ending === '' || outTarget(out).kind !== 'file') return first
  throw new UsageError(
    `--out: expected a file that ends in ${Object.keys(kinds).join(', ')}, got ${out}: nothing else is written under that ending`,
  )
}
