import { type Command, Option } from 'commander'
import { orbitNames } from '../orbit/cases.ts'
import { orbit } from '../orbit/orbit.ts'
import { renderOrbitText } from '../orbit/render.ts'
import { type OrbitSettings, orbitDefaults } from '../orbit/settings.ts'
import { defaultResultFolder, inResultFolder } from '../output/result-folder.ts'
import { coloursOf } from '../text/colours.ts'
import { listOf, mostRepetitions, oneOf, wholeNumber } from './arguments.ts'
import { type CommandIo, columnsOf } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { jobsOption, outOption } from './shared-options.ts'

interface OrbitFlags extends OrbitSettings {
  readonly jobs: number
  readonly out?: string
}

const examples = `
An autoencoder learns a curve from two arcs; the table shows how near its
surface passes to the points in the gap between them, without and with the
first-order Lie-group regularizer, for true, learned and wrong generators.

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
      new Option('--cases <list>', `of ${orbitNames.join(', ')}`)
        .argParser(listOf(oneOf(orbitNames)))
        .default(orbitDefaults.cases, orbitDefaults.cases.join(',')),
    )
    .addOption(
      new Option('--seeds <n>', 'number of seeds')
        .argParser(wholeNumber(1, mostRepetitions))
        .default(orbitDefaults.seeds),
    )
    .addOption(
      new Option('--steps <n>', 'training steps').argParser(wholeNumber(1)).default(orbitDefaults.steps),
    )
    .addOption(outOption('orbit'))
    .addOption(jobsOption())
    .addHelpText('after', examples)
    .action(async ({ cases, seeds, steps, jobs, out }: OrbitFlags) => {
      await inResultFolder(out ?? defaultResultFolder('orbit', io.now()), async (folder) => {
        const options = { folder, threads: jobs, signal: io.signal, stream: io.stderr }
        const report = await orbit({ cases, seeds, steps }, options)
        io.stdout.write(
          `\n${renderOrbitText(report, columnsOf(io.stdout), coloursOf(io.stdout))}\n\nresults in ${folder.path}\n`,
        )
        end(report.failures.length === 0 ? exitCode.ok : exitCode.failed)
      })
    })
}
