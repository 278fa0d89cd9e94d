import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LockProcess, lockProcess } from './testing/lock-process.ts'

let base: string
let three: LockProcess[]
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'facet-locks-'))
  three = Array.from({ length: 3 }, () => lockProcess())
})
afterAll(async () => {
  await Promise.all(three.map((one) => one.kill()))
  rmSync(base, { recursive: true })
})

const rounds = 300

/** All three ask for a lock at once. @returns what each was told. */
async function race(path: string): Promise<string[]> {
  const answers = await Promise.all(three.map((one) => one.take(path)))
  const inside = answers.flatMap((answer, i) => (answer === 'in' ? [three[i].child.pid] : []))
  expect(inside).toHaveLength(1)
  for (const answer of answers)
    expect(['in', `process ${inside[0]} is writing there (if it is not, delete ${path})`]).toContain(answer)
  return answers
}

describe('of three processes that want one folder', () => {
  it(`one gets in, ${rounds} times where it is fresh`, async () => {
    for (let round = 0; round < rounds; round++) {
      const path = join(base, `fresh-${round}`)
      await race(path)
      await Promise.all(three.map((one) => one.giveBack()))
      expect(existsSync(path)).toBe(false)
    }
    expect(readdirSync(base)).toEqual([])
  })

  it(`one gets in, ${rounds} times after its owner was killed, and nothing stays behind`, async () => {
    const paths = Array.from({ length: rounds }, (_, round) => join(base, `dead-${round}`))
    const dying = lockProcess()
    for (const path of paths) expect(await dying.take(path)).toBe('in')
    await dying.kill()
    for (const path of paths) {
      await race(path)
      await Promise.all(three.map((one) => one.giveBack()))
    }
    expect(readdirSync(base)).toEqual([])
  })

  it('one gets in where they come and go all the time', async () => {
    const path = join(base, 'busy')
    let inside = 0
    let entries = 0
    const visit = async (one: LockProcess): Promise<void> => {
      while (entries < 300) {
        if ((await one.take(path)) !== 'in') continue
        expect(++inside).toBe(1)
        entries++
        await new Promise(setImmediate)
        inside--
        await one.giveBack()
      }
    }
    await Promise.all(three.map(visit))
    expect(readdirSync(base)).toEqual([])
  })
})

const canUnshare = (flags: string[]): boolean => spawnSync('unshare', [...flags, 'true']).status === 0

describe('a process that cannot be seen', () => {
  it.runIf(canUnshare(['--uts']))('for it is on another host keeps others out, dead or not', async () => {
    const path = join(base, 'host')
    const other = lockProcess(['unshare', '--uts', 'sh', '-c', 'hostname elsewhere; exec "$@"', 'sh'])
    expect(await other.take(path)).toBe('in')
    await other.kill()
    expect(await three[0].take(path)).toMatch(
      /^process \d+ on host elsewhere is writing there, as far as can be told .*; if it is not, delete /,
    )
    rmSync(path)
  })

  it.runIf(canUnshare(['--pid', '--fork']))('for it is in another container keeps others out', async () => {
    const path = join(base, 'container')
    const other = lockProcess(['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'])
    expect(await other.take(path)).toBe('in')
    expect(await three[0].take(path)).toMatch(
      /^process 1 on host \S+ is writing there, .*; if it is not, delete /,
    )
    await other.kill()
    rmSync(path)
  })
})
