#!/usr/bin/env node
import { exitCode } from './cli/exit-code.ts'
import { main } from './cli/main.ts'

const interruption = new AbortController()

/** The first Ctrl-C stops the workers and leaves the terminal and the files in order; the second ends at once. */
function interrupt(): void {
  if (interruption.signal.aborted) process.exit(exitCode.interrupted)
  interruption.abort()
}

process.on('SIGINT', interrupt)
process.on('SIGTERM', interrupt)

const { stdout, stderr } = process
// Whoever reads the output may stop early: `facet verify … | head -1`.
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
}
const io = { stdout, stderr, signal: interruption.signal, now: () => new Date() }
process.exitCode = await main(process.argv.slice(2), io)
