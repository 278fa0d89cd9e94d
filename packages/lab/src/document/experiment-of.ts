import { resolve } from 'node:path'
import { type Definition, documentSchema } from '../fields/definition.ts'
import type { Content, Fields } from '../fields/field.ts'
import { tooManyJobs } from '../fields/job-count.ts'
import type { FieldPath, Problem } from '../fields/problem.ts'
import type { Experiment } from '../studies/experiments.ts'
import { didYouMean } from '../text/nearest.ts'

export type Checked =
  | { readonly experiment: Experiment; readonly problems?: undefined }
  | { readonly problems: readonly Problem[] }

interface Shaped {
  readonly def: {
    readonly shape?: Readonly<Record<string, Shaped>>
    readonly innerType?: Shaped
    readonly in?: Shaped
  }
  meta?(): { readonly alias?: boolean } | undefined
}

/** The fields that may stand at a path, but for other names of them. */
function knownFields(schema: Shaped, path: FieldPath): string[] {
  let here: Shaped | undefined = schema
  for (const step of [...path, null]) {
    while (here && !here.def.shape) here = here.def.innerType ?? here.def.in
    const shape: Readonly<Record<string, Shaped>> | undefined = here?.def.shape
    if (shape === undefined) return []
    if (step === null) return Object.keys(shape).filter((name) => shape[name].meta?.()?.alias !== true)
    here = Object.hasOwn(shape, step) ? shape[step] : undefined
  }
  return []
}

/** Folders of a document are beside it. */
const withFolders = (fields: Fields, content: Content, base: string): Content => ({
  ...content,
  ...Object.fromEntries(
    Object.entries(fields)
      .filter(([name, { isFolder }]) => isFolder && typeof content[name] === 'string')
      .map(([name]) => [name, resolve(base, content[name] as string)]),
  ),
})

/**
 * The experiment that the fields of a document or the flags of a command describe, or all that is wrong with them.
 *
 * @param base folder that relative folders are in
 */
export function experimentOf(definition: Definition, content: Content, base: string): Checked {
  const { document, documentAliases, fields } = definition
  const schema = documentSchema(document, documentAliases, fields)
  const result = schema.safeParse(content)
  if (!result.success) {
    return {
      problems: result.error.issues.flatMap((issue): Problem[] => {
        const path = issue.path as FieldPath
        if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }]
        const known = knownFields(schema as unknown as Shaped, path)
        return issue.keys.map((key) => ({
          path: [...path, key],
          message: `unknown field${didYouMean(key, known)}; known: ${known.join(', ')}`,
          ofName: true,
        }))
      }),
    }
  }
  const { experiment: _, ...filled } = withFolders(fields, result.data, base)
  const settings = definition.settings(filled as never)
  const tooMany = tooManyJobs(definition.countJobs(settings))
  if (tooMany !== null) return { problems: [{ path: ['experiment'], message: tooMany }] }
  return { experiment: { experiment: document, settings } as Experiment }
}
