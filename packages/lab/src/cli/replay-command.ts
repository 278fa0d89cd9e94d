import type { Command } from 'commander'
import { Interrupted } from '../errors.ts'
import { text } from '../fields/fields.ts'
import { asText } from '../fields/read-text.ts'
import { mostBytes, readText } from '../network-file/read-whole.ts'
import { openProgress } from '../progress/open-progress.ts'
import { plain } from '../text/plain.ts'
import { replayFigure } from '../verify/replay-figure.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { settingOption } from './setting-option.ts'
import { jobsOption } from './shared-options.ts'

interface ReplayFlags {
  readonly jobs: number
  readonly data?: string
}

const examples = `
The figures of a report of 'facet reproduce' are beside it as figure-….json, and
in it to save: the experiment of just what is drawn, seeds, build and numbers.
The runs are done again as they were and compared bit for bit. Says 'the same
numbers', or the first one that differs; and which build drew the figure where
that was another one, whose last digits may differ.

Examples:
  $ facet replay facet-results/reproduce-2026-11-21T08-03-12/figure-epochs-CBF.json
  $ facet replay figure-epsilon-Trace.json --data ../ucr`

/** Adds `facet replay FIGURE`. */
export function addReplayCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  program
    .command('replay')
    .summary('compute a figure of a report again, and compare')
    .description('Computes the numbers of a figure again and compares them bit for bit.')
    .argument('<figure>', 'figure-….json of a report')
    .addOption(jobsOption())
    .addOption(
      settingOption('--data <dir>', 'folder of the data, if not the one it names', text('a folder'), asText),
    )
    .addHelpText('after', examples)
    .action(async (file: string, { jobs, data }: ReplayFlags) => {
      try {
        const { difference, otherBuild } = await replayFigure(readText(file, mostBytes.golden), {
          data,
          processes: jobs,
          signal: io.signal,
          progress: (all) => openProgress(all, jobs, io.stderr),
        })
        if (otherBuild !== null) io.stderr.write(`${plain(otherBuild)}\n`)
        io.stdout.write(`${difference === null ? 'the same numbers' : plain(difference)}\n`)
        end(difference === null ? exitCode.ok : exitCode.failed)
      } catch (error) {
        if (error instanceof Interrupted) throw error
        io.stderr.write(`facet replay: ${plain(`${file}: ${(error as Error).message}`)}\n`)
        end(exitCode.failed)
      }
    })
}
