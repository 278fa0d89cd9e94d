import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Autoencoder } from '@facet/models'
import { startEngine } from '../engine.ts'
import { readModelBytes } from './files.ts'
import { hasCard } from './model-card.ts'
import { readModelFile } from './model-file.ts'

/** A model without its data: what `saveModel` writes by itself. */
export interface BareModel {
  readonly path: string
  readonly model: Autoencoder
}

/**
 * The model of a file that says nothing of data, as `saveModel` and the explorer write it; `null` for what `facet train` made, and for a folder.
 *
 * @throws UsageError for a file that is no model
 */
export async function openBareModel(file: string): Promise<BareModel | null> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return null
  await startEngine()
  const path = resolve(file)
  const { model, metadata } = readModelFile(path, readModelBytes(path))
  if (!hasCard(metadata)) return { path, model }
  model.dispose()
  return null
}
