import { flagOf } from '../fields/setting-error.ts'
import { preparationFields, readingFields } from './reading-fields.ts'

/** Options of the loaders that are flags. */
const options = Object.keys({ ...readingFields, ...preparationFields }).join('|')

/** What the library says to a program, told to someone who has flags instead of options. */
const wordings: readonly (readonly [RegExp, string | ((found: string, ...groups: string[]) => string)])[] = [
  [/^(loadSamples|parseSamples|samplesParser|itemsOf|splitItems|fitPreparation|prepareItems): /, ''],
  [
    /(read them by |which (the option )?)?missing: 'keep'( reads as NaN| lets them be)?/g,
    '--missing drop|mean|median|interpolate says what becomes of them',
  ],
  [/lengths: 'keep'/g, '--lengths pad|cut|stretch'],
  [new RegExp(`(?:the )?option (${options})\\b`, 'g'), (_, name) => flagOf(name)],
  [new RegExp(`(?<![\\w.-])(${options}): (?='|expected )`, 'g'), (_, name) => `${flagOf(name)}: `],
]

/** A message of the loaders in the words of the command line. */
export const withFlags = (message: string): string =>
  wordings.reduce((text, [from, to]) => text.replace(from, to as string), message)
