import { readFileSync, rmSync, writeFileSync } from 'node:fs'

/** Whether a process of this machine is at work; one that we may not ask about is. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The process that holds a lock, unless it is this one or ended without giving it back. */
function holderOf(path: string): number | null {
  const pid = Number(readFileSync(path, 'utf8'))
  return Number.isSafeInteger(pid) && pid > 0 && pid !== process.pid && isAlive(pid) ? pid : null
}

/**
 * Makes a file that says which process is at work here, until it is given back. The lock of a process that was killed
 * is taken over.
 *
 * @throws Error naming the process that is at work already; the file system's error.
 */
export function takeLock(path: string): void {
  try {
    writeFileSync(path, `${process.pid}`, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const holder = holderOf(path)
    if (holder !== null)
      throw new Error(`process ${holder} is writing there (if it is not, delete ${path})`, { cause: error })
    writeFileSync(path, `${process.pid}`)
  }
}

export const giveLockBack = (path: string): void => rmSync(path, { force: true })
