import { flagOf } from '../fields/setting-error.ts'
import { preparationFields, readingFields } from './reading-fields.ts'
import type { DataSettings } from './settings.ts'

/** Options of the loaders that are flags. */
const options = Object.keys({ ...readingFields, ...preparationFields }).join('|')

/** What the library says to a program, told to someone who has flags instead of options. */
const wordings: readonly (readonly [RegExp, string | ((found: string, ...groups: string[]) => string)])[] = [
  [/^(loadSamples|parseSamples|samplesParser|itemsOf|splitItems|fitPreparation|prepareItems): /, ''],
  [/missing: 'keep'/g, '--missing drop|mean|median|interpolate'],
  [/lengths: 'keep'/g, '--lengths pad|cut|stretch'],
  [new RegExp(`(?:the )?option (${options})\\b`, 'g'), (_, name) => flagOf(name)],
  [new RegExp(`(?<![\\w.-])(${options}): (?='|expected )`, 'g'), (_, name) => `${flagOf(name)}: `],
]

/** A word where a table should have a number is most likely a class. */
const word = /field \d+.*: expected a finite number, got "(?!nan|inf|na"|n\/a|null|none|\?|")\p{L}[^"]*"$/iu

/** A message of the loaders in the words of the command line. */
export function withFlags(message: string, { labels }: Partial<Pick<DataSettings, 'labels'>> = {}): string {
  const told = wordings.reduce((text, [from, to]) => text.replace(from, to as string), message)
  return (labels ?? null) === null && word.test(told) ? `${told}; --labels names a column of labels` : told
}
