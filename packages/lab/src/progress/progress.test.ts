import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { barLine, barProgress } from './bars.ts'
import { openProgress } from './open-progress.ts'
import { plainProgress } from './plain.ts'

const jobs = [
  { label: 'CBF · AE · run 1', group: 'a', cost: 1 },
  { label: 'CBF · Lie 2nd · run 1', group: 'b', cost: 9 },
]

const recorder = (isTTY: boolean) => {
  const written: string[] = []
  return { written, isTTY, columns: 80, write: (text: string) => written.push(text) }
}

// What is left is told from what was needed, which on a busy machine may be long.
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

describe('plain progress', () => {
  it('writes one line per finished job, and nothing that moves the cursor', () => {
    const stream = recorder(false)
    const progress = plainProgress(jobs, 1, stream)
    progress.started(0)
    progress.advanced(0, 0.5)
    progress.ended(0, 'test error 1.00')
    progress.started(1)
    progress.ended(1, 'failed: NaN')
    progress.stop()
    expect(stream.written).toHaveLength(2)
    expect(stream.written[0]).toMatch(
      /^\[1\/2\] CBF · AE · run 1: test error 1\.00 \(< 1 s, about < 1 s left\)\n$/,
    )
    expect(stream.written[1]).toMatch(/^\[2\/2\] CBF · Lie 2nd · run 1: failed: NaN \(< 1 s\)\n$/)
  })

  it('is what anything but a terminal gets', () => {
    const stream = recorder(false)
    const progress = openProgress(jobs, 1, stream)
    progress.ended(0, 'done')
    expect(stream.written.join('')).toContain('[1/2]')
  })
})

describe('names of jobs and how they ended', () => {
  const evil = [{ label: 'C\u001b[2JBF\u202e', group: 'a', cost: 1 }]

  it('are letters alone in a log', () => {
    const stream = recorder(false)
    plainProgress(evil, 1, stream).ended(0, 'failed:\n\u001b]0;x\u0007 NaN')
    expect(stream.written).toEqual(['[1/1] CBF: failed:  NaN (< 1 s)\n'])
  })

  it('are letters alone beside a bar, which keeps its own colours', () => {
    expect(barLine(evil[0].label, 5, 0.5, null, 80)).toMatch(/^CBF {4}/)
  })
})

describe('progress bars', () => {
  it('fit into the terminal, whatever the label', () => {
    for (const columns of [60, 80, 120]) {
      const line = stripVTControlCharacters(barLine('x'.repeat(200), columns - 40, 0.5, 3599, columns))
      expect(line.length).toBeLessThan(columns)
      expect(line).toContain(' 50 %')
      expect(line).toContain('59 min 59 s left')
    }
  })

  it('fit into a terminal of any width, one that says 0 among them', () => {
    for (const columns of [1, 2, 7, 8, 20, 59]) {
      const line = stripVTControlCharacters(barLine('x'.repeat(30), 20, 0.5, 3599, columns))
      expect(line.length).toBeLessThan(columns)
      if (columns >= 8) expect(line).toMatch(/ 50 %$/)
    }
    const stream = { ...recorder(true), columns: 0 }
    const progress = barProgress(jobs, 2, stream)
    progress.started(0)
    progress.stop()
  })

  it('make room for word of a run that is repeated', () => {
    const stream = recorder(true)
    const progress = barProgress(jobs, 2, stream)
    progress.started(1)
    progress.repeated(1, 'worker killed by SIGKILL')
    progress.stop()
    expect(stripVTControlCharacters(stream.written.join(''))).toBe(
      'CBF · Lie 2nd · run 1: worker killed by SIGKILL; its run is repeated\n',
    )
  })

  it('grow with the work done', () => {
    const full = (fraction: number) => barLine('x', 1, fraction, null, 80).split('━').length - 1
    expect(full(0)).toBe(0)
    expect(full(0.5)).toBeGreaterThan(0)
    expect(full(1)).toBe(full(0.5) * 2)
  })

  it('leave the terminal as it was', () => {
    const stream = recorder(true)
    const progress = barProgress(jobs, 2, stream)
    progress.started(0)
    progress.stop()
    expect(stripVTControlCharacters(stream.written.join(''))).toBe('')
  })
})
