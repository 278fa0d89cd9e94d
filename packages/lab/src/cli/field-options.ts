import { type Command, Option } from 'commander'
import { type Content, type Field, type Fields, readFlag } from '../fields/field.ts'
import { flagOf } from '../fields/setting-error.ts'

/** Fields that are flags of a command; `flag` tells several such tables apart, as `--study` does. */
export interface FieldTable {
  readonly flag: string
  readonly fields: Fields
}

type Owned = { readonly owner: string; readonly field: Field & { readonly flag: object } }

/**
 * The options of one or several tables of fields. One that several tables have says of each what differs; one that a single
 * table of several has stands in a group of that table. Their values are the texts, in order: what they mean is known when
 * all flags are read ({@link contentOfFlags}).
 */
export function fieldOptions(tables: readonly FieldTable[]): Option[] {
  const byName = new Map<string, Owned[]>()
  for (const { flag: owner, fields } of tables) {
    for (const [name, field] of Object.entries(fields)) {
      if (field.flag === null) continue
      byName.set(name, [...(byName.get(name) ?? []), { owner, field } as Owned])
    }
  }
  const options = [...byName].map(([name, owned]) => {
    const option = new Option(
      `${flagOf(name)} ${owned[0].field.flag.argument}`,
      helpOf(owned, tables[0].flag),
    )
    option.argParser((text: string, before: readonly string[] = []) => [...before, text])
    return tables.length > 1 && owned.length === 1
      ? option.helpGroup(`Options of --study ${owned[0].owner}:`)
      : option
  })
  return options.sort(
    (a, b) => Number(a.helpGroupHeading !== undefined) - Number(b.helpGroupHeading !== undefined),
  )
}

function helpOf(owned: readonly Owned[], usual: string): string {
  const said = (textOf: (field: Owned['field']) => string | null): string =>
    differing(
      owned.map(({ owner, field }) => [owner, textOf(field)]),
      usual,
    )
  const help = said(({ flag }) => flag.help)
  return owned.some(({ field }) => field.shown !== null)
    ? `${help} (default: ${said(({ shown }) => shown)})`
    : help
}

/**
 * What the first says, and the others where they say something else: `3; orbit-benefit: 8`. Who says it is left out of the
 * first alone, where that is the usual table, or the only one.
 */
const differing = (said: readonly (readonly [owner: string, text: string | null])[], usual: string): string =>
  said
    .filter(([, text], i) => i === 0 || text !== said[0][1])
    .map(([owner, text], i) =>
      i === 0 && (owner === usual || said.length === 1) ? (text ?? 'none') : `${owner}: ${text ?? 'none'}`,
    )
    .join('; ')

/** The texts of the fields' flags that a person wrote, by the name of the field. */
export const givenTexts = (
  command: Command,
  tables: readonly FieldTable[],
): ReadonlyMap<string, readonly string[]> =>
  new Map(
    command.options
      .map((option) => option.attributeName())
      .filter((name) => command.getOptionValueSource(name) === 'cli')
      .filter((name) => tables.some(({ fields }) => Object.hasOwn(fields, name)))
      .map((name) => [name, command.getOptionValue(name) as readonly string[]]),
  )

/** What flags say, as the fields of a document. @throws SettingError that names the flag. */
export function contentOfFlags(fields: Fields, texts: ReadonlyMap<string, readonly string[]>): Content {
  let content: Content = {}
  for (const [name, several] of texts) {
    for (const text of several) content = readFlag(fields, name, text, content)
  }
  return content
}
