import { Command, CommanderError } from 'commander'
import { Interrupted, UsageError } from '../errors.ts'
import { isOutput } from '../folder/out-file.ts'
import { expectNotRead, outTarget } from '../folder/out-target.ts'
import { plainLines } from '../text/plain.ts'
import { wrapLines } from '../text/wrap.ts'
import { versions } from '../version.ts'
import type { CommandIo } from './command-io.ts'
import { complaintOf } from './complaint.ts'
import { addDecodeCommand } from './decode-command.ts'
import { addDrawCommand } from './draw-command.ts'
import { addEncodeCommand } from './encode-command.ts'
import { type ExitCode, exitCode, exitCodeHelp } from './exit-code.ts'
import { addInspectCommand } from './inspect-command.ts'
import { addMergeCommand } from './merge-command.ts'
import { orbitCommand } from './orbit-command.ts'
import { addPartitionCommand } from './partition-command.ts'
import { addReconstructCommand } from './reconstruct-command.ts'
import { addRegionCommand } from './region-command.ts'
import { addRegionsCommand } from './regions-command.ts'
import { addReplayCommand } from './replay-command.ts'
import { reproduceCommand } from './reproduce-command.ts'
import { addRunCommand } from './run-command.ts'
import { addScoreCommand } from './score-command.ts'
import { addStudyCommand } from './study-command.ts'
import { addTrainCommand } from './train-command.ts'
import { addVerifyCommand } from './verify-command.ts'
import { addWalkCommand } from './walk-command.ts'

const examples = `
Examples:
  $ facet reproduce                      the table, in minutes
  $ facet reproduce --study orbit-benefit  what helps on real data
  $ facet orbit --cases rotation         where the regularizers help
  $ facet run study.yaml                 an experiment document
  $ facet merge shard-* --out whole      the shards of one, from any machines
  $ facet train --data my.csv            a model of your own data
  $ facet score model new.csv            rows that it finds unusual
  $ facet partition random:2-64-64-1     linear regions, exactly
  $ facet draw partition model --plane pca --data new.csv --out model.svg
  $ facet verify golden/*.json           every golden number
  $ facet help reproduce                 options of a command`

/** Longer lines are hard to read, whatever the terminal has. */
const widestHelp = 100

const helpWidth = ({ columns }: { readonly columns?: number }): number =>
  Math.min(widestHelp, columns || widestHelp)

/**
 * Whether what a command makes goes into files, and its output is only what is said about it.
 * @throws UsageError for a file that it cannot write, or reads: before the work
 */
function writesFiles(command: Command): boolean {
  const { out, data, dryRun } = command.opts<Readonly<{ out?: string; data?: string; dryRun?: boolean }>>()
  const fillsFolder = command.options.some((option) => option.attributeName() === 'overwrite')
  if (fillsFolder) return !dryRun
  if (isOutput(out)) return false
  expectNotRead(outTarget(out), [...command.args, ...(data === undefined ? [] : [data])])
  return true
}

/** The `facet` command line, writing to `io`; `end` receives the exit code of a command that ran. */
function program(io: CommandIo, end: (code: ExitCode) => void): Command {
  const facet = new Command('facet')
    .description('Experiments with piecewise-affine autoencoders.')
    .version(versions.facet, '-V, --version')
    .showHelpAfterError('(--help shows what is possible)')
    .configureOutput({
      writeOut: (text) => io.stdout.write(wrapLines(text, helpWidth(io.stdout))),
      writeErr: (text) => io.stderr.write(plainLines(text)),
      getOutHelpWidth: () => helpWidth(io.stdout),
      getErrHelpWidth: () => helpWidth(io.stderr),
    })
    .exitOverride()
    .hook('preAction', (_, command) => {
      if (writesFiles(command)) io.keepWorking?.()
    })
    .addHelpText('after', examples)
    .addHelpText('afterAll', exitCodeHelp)
  for (const command of [reproduceCommand, orbitCommand]) addStudyCommand(facet, io, end, command)
  addRunCommand(facet, io, end)
  addMergeCommand(facet, io, end)
  addTrainCommand(facet, io, end)
  addEncodeCommand(facet, io, end)
  addReconstructCommand(facet, io, end)
  addDecodeCommand(facet, io, end)
  addScoreCommand(facet, io, end)
  addInspectCommand(facet, io, end)
  addPartitionCommand(facet, io, end)
  addWalkCommand(facet, io, end)
  addRegionCommand(facet, io, end)
  addRegionsCommand(facet, io, end)
  addDrawCommand(facet, io, end)
  addVerifyCommand(facet, io, end)
  addReplayCommand(facet, io, end)
  return facet
}

/** Runs the command with the arguments after its name. @returns the exit code; nothing is thrown. */
export async function main(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  let code: ExitCode = exitCode.ok
  try {
    await program(io, (ended) => {
      code = ended
    }).parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage
    io.stderr.write(complaintOf(error, io.isDebugging ?? false))
    if (error instanceof Interrupted) return exitCode.interrupted
    return error instanceof UsageError ? exitCode.usage : exitCode.failed
  }
}
