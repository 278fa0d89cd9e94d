import { describe } from '@facet/tensor/checks'
import type * as z from 'zod'
import { oneOf } from '../fields/fields.ts'
import type { FieldPath, Problem } from '../fields/problem.ts'
import { didYouMean } from '../text/nearest.ts'
import { type Experiment, experimentNames, schemas } from './experiment.ts'

export type Checked =
  | { readonly experiment: Experiment; readonly problems?: undefined }
  | { readonly problems: readonly Problem[] }

interface Shaped {
  readonly def: {
    readonly shape?: Readonly<Record<string, unknown>>
    readonly innerType?: Shaped
    readonly in?: Shaped
  }
}

/** The fields that may stand at a path. */
function knownFields(schema: Shaped, path: FieldPath): string[] {
  let here: Shaped | undefined = schema
  for (;;) {
    while (here && !here.def.shape) here = here.def.innerType ?? here.def.in
    if (!here) return []
    if (path.length === 0) return Object.keys(here.def.shape!)
    here = here.def.shape![path[0]] as Shaped | undefined
    path = path.slice(1)
  }
}

const problemsOf = (schema: Shaped, issue: z.core.$ZodIssue): Problem[] => {
  const path = issue.path as FieldPath
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }]
  const known = knownFields(schema, path)
  return issue.keys.map((key) => ({
    path: [...path, key],
    message: `unknown field${didYouMean(key, known)}; known: ${known.join(', ')}`,
    ofName: true,
  }))
}

const nameField = oneOf(experimentNames)

/** The experiment that a document's content says, or all that is wrong with it. */
export function checkDocument(content: unknown): Checked {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    const got = content === null || content === undefined ? 'nothing' : describe(content)
    return {
      problems: [{ path: [], message: `expected fields, such as 'experiment: reproduce', got ${got}` }],
    }
  }
  const fields = content as Readonly<Record<string, unknown>>
  const named = nameField.safeParse(fields.experiment)
  if (!named.success) {
    return { problems: [{ path: ['experiment'], message: named.error.issues[0].message }] }
  }
  const schema = schemas[named.data]
  const result = schema.safeParse({ ...fields, experiment: named.data })
  if (!result.success) {
    return {
      problems: result.error.issues.flatMap((issue) => problemsOf(schema as unknown as Shaped, issue)),
    }
  }
  return { experiment: { experiment: named.data, settings: result.data } as Experiment }
}
