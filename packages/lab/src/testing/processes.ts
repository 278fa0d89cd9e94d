import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'

/** Child processes of a process whose command says this; those that have ended and nobody has waited for are among them. */
export function childrenOf(pid: number, command: RegExp): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args=']).toString().split('\n')
  return lines.flatMap((line) => {
    const [its, parent, ...args] = line.trim().split(/\s+/)
    return Number(parent) === pid && command.test(args.join(' ')) ? [Number(its)] : []
  })
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Against what never comes. A machine that is busy may be a hundred times as slow, and is not wrong for that. */
const longest = 300_000

/** Waits until it is so. */
export async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + longest
  while (!isSo() && performance.now() < end) await sleep(5)
  expect(isSo()).toBe(true)
}
