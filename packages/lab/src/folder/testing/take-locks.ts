/**
 * A process that takes locks, one after the other, when it is told to: `node take-locks.ts`. A line in is the path of a
 * lock; a line out is `in` or the reason why not. An empty line gives the lock back, `exit` ends with it.
 */
import { createInterface } from 'node:readline'
import { type Lock, takeLock } from '../lock.ts'

let lock: Lock | null = null
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'exit') process.exit()
  if (line === '') {
    lock?.giveBack()
    lock = null
    process.stdout.write('\n')
    continue
  }
  try {
    lock = takeLock(line)
    process.stdout.write('in\n')
  } catch (error) {
    process.stdout.write(`${(error as Error).message}\n`)
  }
}
