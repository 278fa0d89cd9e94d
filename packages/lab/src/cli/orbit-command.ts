import type { Command } from 'commander'
import type { Experiment } from '../document/experiment.ts'
import { orbitNames } from '../studies/orbit-gap/cases.ts'
import { orbitFields as fields, type OrbitDocument, orbitSchema } from '../studies/orbit-gap/schema.ts'
import { orbitDefaults as defaults } from '../studies/orbit-gap/settings.ts'
import type { CommandIo } from './command-io.ts'
import { conduct, type FolderFlags, placeOf } from './conduct.ts'
import type { ExitCode } from './exit-code.ts'
import { resumedExperiment } from './resume.ts'
import { asList, asNumber, asText, settingOption } from './setting-option.ts'
import { jobsOption, outOption, overwriteOption, resumeOption } from './shared-options.ts'

type OrbitFlags = FolderFlags & Omit<OrbitDocument, 'experiment'>

const examples = `
An autoencoder learns a curve, or a torus, of which a part is missing; the
table shows how near its surface passes to the points in the gap, without and
with the first-order Lie-group regularizer, for true, learned and wrong
generators.

Examples:
  $ facet orbit
  $ facet orbit --cases rotation --seeds 3 --steps 500`

/** Adds `facet orbit`. */
export function addOrbitCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  program
    .command('orbit')
    .summary('the orbit-with-a-gap experiment')
    .description('Where the regularizers help: an orbit with a gap, over many seeds.')
    .addOption(
      settingOption(
        '--cases <list>',
        `of ${orbitNames.join(', ')} (default: all)`,
        fields.cases,
        asList(asText),
      ),
    )
    .addOption(
      settingOption('--seeds <n>', 'number of seeds', fields.seeds, asNumber).default(defaults.seeds),
    )
    .addOption(
      settingOption('--steps <n>', "training steps (default: each case's own)", fields.steps, asNumber),
    )
    .addOption(outOption('orbit'))
    .addOption(jobsOption())
    .addOption(resumeOption())
    .addOption(overwriteOption())
    .addHelpText('after', examples)
    .action(async ({ jobs, out, resume, overwrite, ...rest }: OrbitFlags, command: Command) => {
      const experiment: Experiment =
        resume === undefined
          ? { experiment: 'orbit', settings: orbitSchema.parse({ experiment: 'orbit', ...rest }) }
          : resumedExperiment(resume, command, ['orbit']).experiment
      end(await conduct(io, experiment, placeOf({ jobs, out, resume, overwrite }, 'orbit', io.now())))
    })
}
