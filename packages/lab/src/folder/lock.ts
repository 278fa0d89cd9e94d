import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import * as z from 'zod'
import { abandonNeighbour, makeNeighbour, type Neighbour } from './atomic.ts'
import { readPlainFile } from './plain-file.ts'
import { identityHere, type ProcessIdentity, stateOf } from './process-identity.ts'
import { type ScheduledTask, scheduledTask } from './scheduled-task.ts'

/** A folder that this process holds. */
export interface Lock {
  /** Whether the lock is still this one: a person may have deleted it. */
  isHeld(): boolean
  /** Lets others in. A lock that is not ours any more stays. Throws nothing. */
  giveBack(): void
}

/** Who holds a lock, or has taken one over. */
interface Owner extends ProcessIdentity, Partial<ScheduledTask> {
  /** Drawn for every lock: no two are the same. */
  readonly token: string
  /** Known to be gone, without a look. */
  readonly isGone?: true
}

const word = z.string().regex(/^[\w.:[\]-]{1,256}$/)
const ownerSchema: z.ZodType<Owner> = z.strictObject({
  token: z.string().regex(/^[0-9a-f]{24}$/),
  pid: z.int().min(1),
  host: z.string().regex(/^[^\p{Cc}\p{Cf}"]{1,256}$/u),
  machine: word.nullable(),
  boot: word.nullable(),
  space: word.nullable(),
  started: word.nullable(),
  task: word.optional(),
  attempt: word.optional(),
})

/** A lock is 300 bytes. */
const mostBytes = 4096
/** Processes that come and go while one waits to get a word in: never more than a few. */
const mostAttempts = 100
/** Where a file system makes no hard links, a lock may be seen before its content: for so many milliseconds. */
const emptyFor = 500

/**
 * Takes the lock of a folder, a file that says which process is at work there, until it is given back.
 *
 * It is made complete under another name and then linked, which fails where a lock is already. The lock of a process
 * that is gone is taken over by whoever first links a file named after that lock's token, and this file names the next
 * owner; if that one is gone too, the next file is named after its token, and so on. Only the last of this chain may put
 * its own lock in place of the old one, and looks once more whether the old one is still there: so of many processes
 * that find a dead lock at the same time one gets in. Note 0036 has the numbers. Of a process that cannot be seen from here, as on another
 * host, the lock is taken over by another attempt at the same task of a scheduler alone (note 0058).
 *
 * @throws Error naming the process, and its host, that is at work already, and what to do; UsageError for a lock that is
 * a link; the file system's error.
 */
export function takeLock(path: string): Lock {
  const owner: Owner = {
    token: randomBytes(12).toString('hex'),
    ...identityHere(),
    ...scheduledTask(process.env),
  }
  const content = `${JSON.stringify(owner)}\n`
  const own = makeNeighbour(path)
  try {
    writeFileSync(own.file, content)
    fsyncSync(own.file)
    if (!enter(path, own, owner, content)) throw new Error(`other processes come and go there; try again`)
  } finally {
    abandonNeighbour(own)
  }
  const isHeld = (): boolean => {
    try {
      return ownerOf(path)?.token === owner.token
    } catch {
      return false
    }
  }
  const giveBack = (): void => {
    try {
      if (isHeld()) rmSync(path)
    } catch {
      // A disk that has failed keeps the lock of a process that is soon gone: the next takes it over.
    }
  }
  return { isHeld, giveBack }
}

function enter(path: string, own: Neighbour, owner: Owner, content: string): boolean {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    if (createWhole(own, path, content)) return true
    const first = ownerOf(path)
    if (first === null) continue
    const last = lastOf(path, first)
    // Another may have taken the lock over meanwhile. A claim made after that is void: whoever made it is not at work there.
    if (ownerOf(path)?.token !== first.token) continue
    expectGone(path, last, owner)
    const claim = claimOf(path, last)
    if (!createWhole(own, claim, content)) continue
    if (ownerOf(path)?.token !== first.token) {
      rmSync(claim, { force: true })
      continue
    }
    renameSync(own.path, path)
    removeClaims(path)
    return true
  }
  return false
}

const claimOf = (path: string, { token }: Owner): string => `${path}.${token}`

/** Who took over from this owner, and from that one, to the last. */
function lastOf(path: string, first: Owner): Owner {
  const chain = [first]
  for (;;) {
    const last = chain[chain.length - 1]
    const next = ownerOf(claimOf(path, last))
    if (next === null) return last
    if (chain.some(({ token }) => token === next.token)) throw noLock(claimOf(path, last))
    chain.push(next)
  }
}

/** Gives a file another name unless that is taken; it is there whole or not at all. */
function createWhole(own: Neighbour, path: string, content: string): boolean {
  try {
    linkSync(own.path, path)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    // FAT and some network file systems have no hard links.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error
    return createExclusively(path, content)
  }
}

function createExclusively(path: string, content: string): boolean {
  try {
    const file = openSync(path, 'wx')
    try {
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Whom a lock is of; `null` where there is none. @throws Error for a file that is no lock. */
function ownerOf(path: string): Owner | null {
  const text = contentOf(path)
  if (text === null) return null
  const owner = text === '' ? nobody : (ownerBefore(text) ?? parsed(text))
  if (owner !== null) return owner
  throw noLock(path)
}

const noLock = (path: string): Error =>
  new Error(`${path} is no lock of facet; if nobody is writing there, delete it`)

function contentOf(path: string): string | null {
  const end = Date.now() + emptyFor
  for (;;) {
    try {
      const text = readPlainFile(path, mostBytes).toString()
      if (text !== '' || Date.now() >= end) return text
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
  }
}

function parsed(text: string): Owner | null {
  try {
    return ownerSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Facet 0.1.0 wrote its pid alone, and nothing for a moment before. A token is made of it, for the chain. */
function ownerBefore(text: string): Owner | null {
  if (!/^[1-9]\d{0,9}$/.test(text)) return null
  const owner = { ...identityHere(), pid: Number(text), started: null, token: text.padStart(24, '0') }
  // This process has written no such lock: an older one had its pid.
  return owner.pid === process.pid ? { ...owner, isGone: true } : owner
}

const nobody: Owner = { ...identityHere(), token: 'f'.repeat(24), isGone: true }

/** Another attempt at the same task of a scheduler, which starts none before the one before has ended. */
const isOtherAttempt = (one: Owner, other: Owner): boolean =>
  one.task !== undefined && one.task === other.task && one.attempt !== other.attempt

function expectGone(path: string, owner: Owner, own: Owner): void {
  if (owner.isGone) return
  const state = stateOf(owner)
  if (state === 'gone' || (state === 'unknown' && isOtherAttempt(owner, own))) return
  const which = `process ${owner.pid}`
  throw new Error(
    state === 'unknown'
      ? `${which} on host ${owner.host} is writing there, as far as can be told from this host or container; if it is not, delete ${path}`
      : `${which} is writing there (if it is not, delete ${path})`,
  )
}

/** What is left of take-overs: whoever made these has lost, and will see it. */
function removeClaims(path: string): void {
  const name = `${basename(path)}.`
  for (const claim of readdirSync(dirname(path))) {
    if (claim.startsWith(name) && /^[0-9a-f]{24}$/.test(claim.slice(name.length))) {
      rmSync(join(dirname(path), claim), { force: true })
    }
  }
}
