#!/usr/bin/env node
import { complaintOf } from './cli/complaint.ts'
import { exitCode } from './cli/exit-code.ts'
import { main } from './cli/main.ts'
import { watchStreams } from './cli/standard-streams.ts'
import { startedIn } from './cli/started-in.ts'
import { interruptions } from './pool/interruptions.ts'

const { stdout, stderr, env } = process
const interruption = new AbortController()
const isDebugging = env.FACET_DEBUG === '1'

/** The first Ctrl-C stops the workers and leaves the terminal and the files in order; the second ends at once. */
function interrupt(): void {
  if (interruption.signal.aborted) process.exit(exitCode.interrupted)
  interruption.abort()
}

for (const signal of interruptions) process.on(signal, interrupt)

// A rejected promise that nobody waits for comes here as well. Workers are ended as the process does.
process.on('uncaughtException', (error) => {
  stderr.write(complaintOf(error, isDebugging, true))
  process.exit(exitCode.failed)
})

const folder = startedIn(env, process.cwd())
if (folder !== undefined) process.chdir(folder)

const streams = watchStreams(stdout, stderr, process.exit)
process.exitCode = await main(process.argv.slice(2), {
  stdout,
  stderr,
  signal: interruption.signal,
  now: () => new Date(),
  env,
  isDebugging,
  keepWorking: streams.keepWorking,
})
// What was written last may fail after this.
process.on('exit', (code) => {
  process.exitCode = streams.codeAfter(code)
})
