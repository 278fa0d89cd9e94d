import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { EpochRecord } from '@facet/models'
import { UsageError } from '../errors.ts'
import { fromJsonLine } from '../folder/json-line.ts'
import { readableJson } from '../folder/readable-json.ts'
import type { ResultFolder } from '../folder/result-folder.ts'
import { versions } from '../version.ts'
import { expectFormat, fileNames, parseJsonFile, readBytes } from './files.ts'
import { trainingSchema, type UnfinishedTraining } from './model-schema.ts'
import type { TrainSettings } from './settings.ts'

const trainingFormat = { format: 'facet.training', version: 1 } as const

/** Notes what is being trained on what, so that it can be resumed. */
export const noteTraining = (folder: ResultFolder, settings: TrainSettings, sha256: string): void =>
  void folder.write(
    fileNames.unfinished,
    readableJson({ ...trainingFormat, facet: versions.facet, settings, sha256 }),
  )

/** The training that a folder holds unfinished. @throws UsageError where there is none, or its file is damaged. */
export function readUnfinished(folder: string): UnfinishedTraining {
  const path = join(folder, fileNames.unfinished)
  if (!existsSync(path)) {
    const what = existsSync(join(folder, fileNames.config)) ? 'a finished model' : 'no training'
    throw new UsageError(`--resume: ${folder} holds ${what}: there is nothing to go on with`)
  }
  const bytes = readBytes(folder, fileNames.unfinished)
  expectFormat(path, bytes, trainingFormat)
  return parseJsonFile(path, bytes, trainingSchema)
}

/** The checkpoint of an unfinished training; `null` if it was stopped before the first. */
export const readCheckpoint = (folder: ResultFolder): Uint8Array | null =>
  folder.has(fileNames.checkpoint) ? folder.readBytes(fileNames.checkpoint) : null

/** The epochs that the log of an unfinished training holds, in order; damaged lines are trained again. */
export function loggedEpochs(folder: ResultFolder): EpochRecord[] {
  if (!folder.has(fileNames.log)) return []
  const records: EpochRecord[] = []
  for (const line of folder.read(fileNames.log).split('\n')) {
    const record = parsed(line)
    if (record?.epoch !== records.length) break
    records.push(record)
  }
  return records
}

function parsed(line: string): EpochRecord | null {
  try {
    return fromJsonLine(line) as EpochRecord
  } catch {
    return null
  }
}

/** Removes what only an unfinished training has. */
export function forgetTraining(folder: ResultFolder): void {
  folder.remove(fileNames.checkpoint)
  folder.remove(fileNames.unfinished)
}
