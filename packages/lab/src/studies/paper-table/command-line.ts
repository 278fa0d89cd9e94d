import { flagOf } from '../../fields/setting-error.ts'
import type { ModelName } from '../../objectives.ts'
import { paperTable } from './experiment.ts'
import type { ReproduceSettings } from './settings.ts'

/** A word of a command as a POSIX shell takes it. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

/** The command that computes all numbers of these settings again, every setting written out. */
export function commandLine(settings: ReproduceSettings): string {
  const { candidates, ...rest } = settings
  const flags = Object.keys(paperTable.fields).flatMap((name): [string, string][] => {
    if (name === 'candidates') {
      return Object.entries(candidates).map(([model, values]) => [name, `${model}=${values.join(',')}`])
    }
    const value = (rest as Readonly<Record<string, unknown>>)[name]
    return value === undefined || value === null ? [] : [[name, String(value)]]
  })
  const lines = flags.map(([name, value]) => ` \\\n  ${flagOf(name)} ${quoted(value)}`)
  return `npx pnpm facet reproduce${lines.join('')}`
}

/** The command for one cell of the table: its numbers do not depend on what else is run. */
export const cellCommandLine = (
  settings: ReproduceSettings,
  set: string,
  model: ModelName,
  chosen: number | null,
): string =>
  commandLine({
    ...settings,
    sets: [set],
    models: [model],
    candidates: Object.hasOwn(settings.candidates, model)
      ? { [model]: chosen === null ? settings.candidates[model] : [chosen] }
      : {},
  })
