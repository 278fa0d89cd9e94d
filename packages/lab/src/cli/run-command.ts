import { basename, extname } from 'node:path'
import type { Command } from 'commander'
import { type ReadExperiment, readDocument } from '../document/read-document.ts'
import { UsageError } from '../errors.ts'
import { SettingError } from '../fields/setting-error.ts'
import type { CommandIo } from './command-io.ts'
import { type ConductFlags, conductRead } from './conduct-read.ts'
import type { ExitCode } from './exit-code.ts'
import { resumedExperiment } from './resume.ts'
import { shardOption } from './shard-option.ts'
import { dryRunOption, jobsOption, outOption, overwriteOption, resumeOption } from './shared-options.ts'

const examples = `
A document says everything that the numbers depend on, in YAML or JSON. Only
'experiment' is needed; the other fields are the flags of that command and
have the same defaults. 'regularizers' sets λ or σ model by model:

  experiment: reproduce          # or orbitBenefit, or orbitGap
  sets: [Trace, SyntheticControl]
  data: ../ucr                   # relative to this file
  epochs: 125
  regularizers:
    lieGroupFirstOrder: {weight: [0.01, 1, 100]}
    denoising: {sigma: 0.1}

Every result folder has such a document, experiment.yaml.

Examples:
  $ facet run study.yaml
  $ facet run study.yaml --dry-run
  $ facet run --resume facet-results/study-2026-11-21T08-03-12`

/** What to run: the experiment of a document, or of a folder to go on with. */
function experimentOf(
  document: string | undefined,
  { resume }: ConductFlags,
  command: Command,
): ReadExperiment {
  if (resume !== undefined) {
    if (document !== undefined) {
      throw new UsageError(`--resume: the folder has its own document; leave out ${document}`)
    }
    return resumedExperiment(resume, command)
  }
  if (document !== undefined) return readDocument(document)
  throw new UsageError('run: expected an experiment document, or --resume with a result folder')
}

/** Adds `facet run`. */
export function addRunCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  program
    .command('run')
    .summary('run the experiment of a document, or go on with one')
    .description('Runs the experiment that a document describes.')
    .argument('[document]', 'YAML or JSON')
    .addOption(outOption(['<document>']))
    .addOption(jobsOption())
    .addOption(shardOption())
    .addOption(dryRunOption())
    .addOption(resumeOption())
    .addOption(overwriteOption())
    .addHelpText('after', examples)
    .action(async (document: string | undefined, flags: ConductFlags, command: Command) => {
      const read = experimentOf(document, flags, command)
      try {
        end(await conductRead(io, read, flags, basename(document ?? '', extname(document ?? ''))))
      } catch (error) {
        throw error instanceof SettingError ? read.located(error) : error
      }
    })
}
