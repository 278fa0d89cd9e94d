import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { exitCode } from './exit-code.ts'
import { watchStreams } from './standard-streams.ts'

class Stream extends EventEmitter {
  said = ''
  write(text: string): void {
    this.said += text
  }
  fails(code: string): void {
    this.emit('error', Object.assign(new Error(`${code}: it failed, write`), { code }))
  }
}

function watched() {
  const stdout = new Stream()
  const stderr = new Stream()
  const exits: number[] = []
  const streams = watchStreams(stdout, stderr, (code) => void exits.push(code))
  return { stdout, stderr, exits, streams }
}

describe('a command whose output is all it makes', () => {
  it.each(['EPIPE', 'EIO'])('ends at once and quietly when the reader of stdout is gone (%s)', (code) => {
    const { stdout, stderr, exits } = watched()
    stdout.fails(code)
    expect(exits).toEqual([exitCode.brokenPipe])
    expect(stderr.said).toBe('')
  })

  it('ends with 1 and the cause when the disk is full', () => {
    const { stdout, stderr, exits } = watched()
    stdout.fails('ENOSPC')
    expect(exits).toEqual([exitCode.failed])
    expect(stderr.said).toBe('facet: cannot write to stdout: ENOSPC: it failed, write\n')
  })
})

describe('a command that writes files', () => {
  it('goes on without its display, and ends as its work does', () => {
    const { stdout, stderr, exits, streams } = watched()
    streams.keepWorking()
    stdout.fails('EPIPE')
    stderr.fails('EPIPE')
    expect(exits).toEqual([])
    expect(streams.codeAfter(exitCode.ok)).toBe(exitCode.ok)
    expect(stderr.said).toBe('')
  })

  it('goes on when the disk of its output is full, says so once, and ends with 1', () => {
    const { stdout, stderr, exits, streams } = watched()
    streams.keepWorking()
    stdout.fails('ENOSPC')
    stdout.fails('ENOSPC')
    expect(exits).toEqual([])
    expect(stderr.said.split('\n')).toHaveLength(2)
    expect(streams.codeAfter(exitCode.ok)).toBe(exitCode.failed)
    expect(streams.codeAfter(exitCode.interrupted)).toBe(exitCode.interrupted)
  })
})

it.each(['EPIPE', 'EIO', 'ENOSPC'])('whatever happens to stderr (%s), no command ends', (code) => {
  const { stderr, exits, streams } = watched()
  stderr.fails(code)
  expect(exits).toEqual([])
  expect(streams.codeAfter(exitCode.ok)).toBe(exitCode.ok)
})
