import { accessSync, constants, lstatSync, readlinkSync, type Stats, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { UsageError } from '../errors.ts'
import { causeOf } from './cause.ts'

/** Where the path of `--out` leads. */
export type OutTarget =
  /** A file that this process has open already: 1 is its output. */
  | { readonly kind: 'descriptor'; readonly number: number }
  /** A pipe, terminal or device: written to, never replaced. */
  | { readonly kind: 'stream'; readonly path: string }
  /** A file, there (with what is known of it) or not: whole or as it was. */
  | { readonly kind: 'file'; readonly path: string; readonly there: Stats | undefined }

/** `/dev/stdout` leads to `/proc/self/fd/1`, and that to whatever it is redirected to, which is not to be replaced. */
const openFile = /^\/(?:proc\/(?:self|thread-self|\d+)\/fd|dev\/fd)\/(\d+)$/

/** As many links as Linux follows. */
const mostLinks = 40

/**
 * Where a path leads, links followed: asked before the work, so that a target that cannot be costs nothing.
 *
 * @throws UsageError for a folder, a folder that is not there, and links in a circle
 */
export function outTarget(path: string): OutTarget {
  try {
    return targetOf(resolve(path))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`--out: cannot write ${path}: ${causeOf(error)}`)
  }
}

function targetOf(asked: string): OutTarget {
  let path = asked
  for (let links = 0; ; links++) {
    const [, descriptor] = openFile.exec(path) ?? []
    if (descriptor !== undefined) return { kind: 'descriptor', number: Number(descriptor) }
    const stats = lstatSync(path, { throwIfNoEntry: false })
    if (stats?.isSymbolicLink()) {
      if (links === mostLinks) throw Object.assign(new Error(), { code: 'ELOOP' })
      path = resolve(dirname(path), readlinkSync(path))
      continue
    }
    if (stats?.isDirectory()) {
      throw new UsageError(`--out: expected a file, got the folder ${asked}: name a file in it`)
    }
    if (stats !== undefined && !stats.isFile()) return { kind: 'stream', path }
    // Says that there is no such folder, or that it is a file.
    if (!statSync(dirname(path)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' })
    accessSync(dirname(path), constants.W_OK)
    return { kind: 'file', path, there: stats }
  }
}

/**
 * @param inputs what the command reads: files, and folders of models
 * @throws UsageError where the file that would be written over is one of them or in one of them, under whatever name
 */
export function expectNotRead(target: OutTarget, inputs: readonly string[]): void {
  if (target.kind !== 'file' || target.there === undefined) return
  const [file, folder] = [target.there, statSync(dirname(target.path))]
  const same = inputs.find((input) => {
    const stats = statsOf(input)
    return stats !== undefined && isSame(stats, stats.isDirectory() ? folder : file)
  })
  if (same !== undefined) {
    throw new UsageError(`--out: ${target.path} is read by this command: name another file`)
  }
}

const isSame = (a: Stats, b: Stats): boolean => a.dev === b.dev && a.ino === b.ino

/** Nothing for what is no path: a network such as `random:2-8-1`, or a name that is too long. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
