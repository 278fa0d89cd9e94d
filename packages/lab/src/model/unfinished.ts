import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../errors.ts'
import type { ResultFolder } from '../folder/result-folder.ts'
import { versions } from '../version.ts'
import { checkedJson } from './checked-json.ts'
import { fileNames, readBytes, readJsonFile, stampOf } from './files.ts'
import { trainingFormat, trainingSchema, type UnfinishedTraining } from './model-schema.ts'

/** What is being trained on what. */
export type NotedTraining = Pick<UnfinishedTraining, 'settings' | 'sha256' | 'changes' | 'restart'>

/** Notes it, so that it can be resumed. */
export function noteTraining(folder: ResultFolder, training: NotedTraining): void {
  const { settings, sha256, changes, restart } = training
  const { format, version } = trainingFormat
  folder.write(
    fileNames.unfinished,
    checkedJson({ format, version, facet: versions.facet, settings, sha256, changes, restart }),
  )
}

/** The training that a folder holds unfinished. @throws UsageError where there is none, or its file is damaged. */
export function readUnfinished(folder: string): UnfinishedTraining {
  const path = join(folder, fileNames.unfinished)
  if (!existsSync(path)) {
    const what = existsSync(join(folder, fileNames.config)) ? 'a finished model' : 'no training'
    throw new UsageError(`--resume: ${folder} holds ${what}: there is nothing to go on with`)
  }
  const bytes = readBytes(folder, fileNames.unfinished)
  try {
    return readJsonFile(path, bytes, trainingFormat, () => trainingSchema)
  } catch (error) {
    const { message } = error as Error
    throw new UsageError(`${message}; begin anew with: facet train --data FILE --out ${folder} --overwrite`)
  }
}

/** The bytes of a checkpoint, as the run that goes on where it was taken, or as another begins from it. */
export type Start =
  | { readonly resume: Uint8Array; readonly restart?: undefined }
  | { readonly restart: Uint8Array; readonly resume?: undefined }

/** What an unfinished training goes on from; `null` if it was stopped before the first checkpoint. */
export function startOf(folder: ResultFolder, { restart }: Pick<NotedTraining, 'restart'>): Start | null {
  const bytes = checkpointOf(folder)
  if (bytes === null) return null
  return restart === stampOf(bytes).sha256 ? { restart: bytes } : { resume: bytes }
}

/** The bytes of the checkpoint; `null` where there is none. */
export const checkpointOf = (folder: ResultFolder): Uint8Array | null =>
  folder.has(fileNames.checkpoint) ? readBytes(folder.path, fileNames.checkpoint) : null

/** Removes what only an unfinished training has. */
export function forgetTraining(folder: ResultFolder): void {
  folder.remove(fileNames.checkpoint)
  folder.remove(fileNames.unfinished)
}
