import { describe } from '@facet/tensor/checks'
import { oneOf } from '../fields/fields.ts'
import { definitions, studyOf } from '../studies/studies.ts'
import { type Checked, experimentOf } from './experiment-of.ts'

const nameField = oneOf(
  definitions.map(({ document }) => document),
  Object.fromEntries(
    definitions.flatMap(({ document, documentAliases }) =>
      documentAliases.map((alias) => [alias, document] as const),
    ),
  ),
)

/**
 * The experiment that a document's content says, or all that is wrong with it.
 *
 * @param folder of the document: relative folders in it are beside it
 */
export function checkDocument(content: unknown, folder: string): Checked {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    const got = content === null || content === undefined ? 'nothing' : describe(content)
    return {
      problems: [{ path: [], message: `expected fields, such as 'experiment: reproduce', got ${got}` }],
      more: 0,
    }
  }
  const fields = content as Readonly<Record<string, unknown>>
  const named = nameField.safeParse(Object.hasOwn(fields, 'experiment') ? fields.experiment : undefined)
  if (!named.success) {
    return { problems: [{ path: ['experiment'], message: named.error.issues[0].message }], more: 0 }
  }
  return experimentOf(studyOf(named.data).definition, fields, folder)
}
