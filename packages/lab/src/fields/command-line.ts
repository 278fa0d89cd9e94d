import { shellWord } from '../text/shell-word.ts'
import type { Definition } from './definition.ts'
import { flagOf } from './setting-error.ts'

/** What a flag is told, once for every time that it is given: fields of fields are `name=value` each. */
function textsOf(value: unknown): string[] {
  if (value === undefined || value === null) return []
  if (typeof value !== 'object' || Array.isArray(value)) return [String(value)]
  return Object.entries(value).map(([name, inside]) => `${name}=${inside}`)
}

/** The command that computes all numbers of these settings again, every setting written out. */
export function commandLine<S>(
  { command, fields, content }: Pick<Definition<string, S>, 'command' | 'fields' | 'content'>,
  settings: S,
): string {
  const values = content(settings)
  const flags = Object.keys(fields).flatMap((name) =>
    textsOf(values[name]).map((text) => ` \\\n  ${flagOf(name)} ${shellWord(text)}`),
  )
  return `npx pnpm facet ${command}${flags.join('')}`
}
