import type { Command } from 'commander'
import { experimentOf } from '../document/experiment-of.ts'
import type { ReadExperiment } from '../document/read-document.ts'
import { UsageError } from '../errors.ts'
import type { Definition } from '../fields/definition.ts'
import { flagOf } from '../fields/setting-error.ts'
import { contentOfFlags, givenTexts } from './field-options.ts'

/**
 * The experiment that flags describe; what nobody says has the default of the study.
 *
 * @param definition the study that was asked for
 * @param all those that the command knows
 * @throws UsageError for flags that belong to another study, and for values that this one does not have.
 */
export function experimentOfFlags(
  definition: Definition,
  all: readonly Definition[],
  command: Command,
): ReadExperiment {
  const texts = givenTexts(command, all)
  const has = ({ fields }: Definition, name: string): boolean =>
    Object.hasOwn(fields, name) && fields[name].flag !== null
  const foreign = [...texts.keys()].filter((name) => !has(definition, name))
  if (foreign.length > 0) {
    const owners = all.filter((other) => has(other, foreign[0])).map(({ flag }) => flag)
    throw new UsageError(
      `${foreign.map(flagOf).join(', ')}: a setting of --study ${owners.join(' and ')}, not of --study ${definition.flag}; leave it out`,
    )
  }
  const content = { experiment: definition.document, ...contentOfFlags(definition.fields, texts) }
  const checked = experimentOf(definition, content, process.cwd())
  if (checked.problems) {
    const [{ path, message }] = checked.problems
    throw new UsageError(`${path[0] === 'experiment' ? path[0] : flagOf(path[0])}: ${message}`)
  }
  const { experiment, notes } = checked
  return { experiment, notes, located: (error) => error }
}
