import type { Command, Option } from 'commander'
import type { Definition } from '../fields/definition.ts'
import { oneOf } from '../fields/fields.ts'
import { asText } from '../fields/read-text.ts'
import { kebab } from '../fields/setting-error.ts'
import type { CommandIo } from './command-io.ts'
import { type ConductFlags, conductRead } from './conduct-read.ts'
import type { ExitCode } from './exit-code.ts'
import { experimentOfFlags } from './experiment-of-flags.ts'
import { fieldOptions } from './field-options.ts'
import { resumedExperiment } from './resume.ts'
import { settingOption } from './setting-option.ts'
import { shardOption } from './shard-option.ts'
import { dryRunOption, jobsOption, outOption, overwriteOption, resumeOption } from './shared-options.ts'

/** A command that runs one of some studies. */
export interface StudyCommand {
  readonly name: string
  readonly summary: string
  readonly description: string
  readonly examples: string
  /** The first is run without `--study`; a single one has no such flag. */
  readonly studies: readonly [Definition, ...Definition[]]
}

type StudyFlags = ConductFlags & { readonly study?: string }

/** Chooses among several studies, under the names that they have or had. */
function studyOption(studies: StudyCommand['studies']): Option {
  const names = studies.map(({ flag }) => flag)
  const aliases = studies.flatMap(({ flag, flagAliases }) =>
    flagAliases.map((alias) => [alias, flag] as const),
  )
  const study = oneOf(names, Object.fromEntries(aliases))
  return settingOption('--study <name>', names.join(', '), study, asText).default(names[0], names[0])
}

/** Adds a command for studies: their fields are its flags. */
export function addStudyCommand(
  program: Command,
  io: CommandIo,
  end: (code: ExitCode) => void,
  { name, summary, description, examples, studies }: StudyCommand,
): void {
  const command = program.command(name).summary(summary).description(description)
  const [shared, single] = partition(
    fieldOptions(studies),
    ({ helpGroupHeading }) => helpGroupHeading === undefined,
  )
  const folders = studies.map(({ document }) => kebab(document))
  for (const option of [
    ...(studies.length > 1 ? [studyOption(studies)] : []),
    ...shared,
    ...[outOption(folders), jobsOption(), shardOption(), dryRunOption(), resumeOption(), overwriteOption()],
    ...single,
  ]) {
    command.addOption(option)
  }
  command.addHelpText('after', examples).action(async (flags: StudyFlags) => {
    const study = studies.find(({ flag }) => flag === flags.study) ?? studies[0]
    const read =
      flags.resume === undefined
        ? experimentOfFlags(study, studies, command)
        : resumedExperiment(flags.resume, command, studies)
    end(await conductRead(io, read, flags, kebab(read.experiment.experiment)))
  })
}

const partition = <T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] => [
  items.filter(isFirst),
  items.filter((item) => !isFirst(item)),
]
