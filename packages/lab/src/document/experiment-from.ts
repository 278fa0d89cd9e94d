import { UsageError } from '../errors.ts'
import { pathText } from '../fields/problem.ts'
import type { Experiment, ExperimentKindName } from '../studies/studies.ts'
import { checkDocument } from './check.ts'

/**
 * The experiment that the fields of a document describe, for a program; fields that are left out have their defaults
 * (docs/experiments.md).
 *
 * @param folder what relative folders in it are beside
 * @throws UsageError that names the first field that is wrong.
 * @example
 * experimentFrom({ experiment: 'orbitGap', seeds: 3 }).settings   // { cases: ['rotation', 'shift', 'torus'], seeds: 3, steps: null }
 */
export function experimentFrom<K extends ExperimentKindName>(
  content: { readonly experiment: K; readonly [field: string]: unknown },
  folder: string = process.cwd(),
): Extract<Experiment, { readonly experiment: K }> {
  const checked = checkDocument(content, folder)
  if (checked.problems) {
    const [{ path, message }] = checked.problems
    throw new UsageError(['experiment', ...(path.length > 0 ? [pathText(path)] : []), message].join(': '))
  }
  return checked.experiment as Extract<Experiment, { readonly experiment: K }>
}
