import { InvalidArgumentError, Option } from 'commander'
import { type Content, readFlag } from '../fields/field.ts'
import { flagOf, SettingError } from '../fields/setting-error.ts'
import { readingFields } from '../model/reading-fields.ts'

type Name = keyof typeof readingFields

/** The flags of every command that reads files of samples, or those of them that are named. */
export const readingOptions = (names = Object.keys(readingFields) as readonly Name[]): Option[] =>
  names.map(readingOption)

function readingOption(name: Name): Option {
  const { flag, shown } = readingFields[name]
  const { argument, help } = flag!
  const usual = shown === null ? '' : ` (default: ${shown})`
  // What was given before is kept where a flag may be repeated.
  return new Option(`${flagOf(name)} ${argument}`, `${help}${usual}`).argParser((text, before) => {
    const said: Content = before === undefined ? {} : { [name]: before }
    try {
      return readFlag(readingFields, name, text, said)[name]
    } catch (error) {
      if (!(error instanceof SettingError)) throw error
      throw new InvalidArgumentError(`${error.problem.charAt(0).toUpperCase()}${error.problem.slice(1)}.`)
    }
  })
}

export const formatOption = (): Option => readingOption('format')
export const labelsOption = (): Option => readingOption('labels')
export const arrayOption = (): Option => readingOption('array')
