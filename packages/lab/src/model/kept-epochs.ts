import { readdirSync } from 'node:fs'
import { type Autoencoder, saveModel } from '@facet/models'
import type { ResultFolder } from '../folder/result-folder.ts'

/** The weights of a model after some epochs of its training, a model file beside the model. */
export interface KeptEpoch {
  readonly name: string
  readonly epochs: number
}

const namePattern = /^epoch-(\d{6,})\.safetensors$/

const nameOf = (epochs: number): string => `epoch-${String(epochs).padStart(6, '0')}.safetensors`

/** Those that a folder holds, in the order of training. */
export function keptEpochs(folder: string): KeptEpoch[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const [, epochs] = namePattern.exec(name) ?? []
      return epochs === undefined ? [] : [{ name, epochs: Number(epochs) }]
    })
    .sort((a, b) => a.epochs - b.epochs)
}

/** Removes those after more epochs than that: a training goes on otherwise from there. */
export function forgetEpochs(folder: ResultFolder, after: number): void {
  for (const { name, epochs } of keptEpochs(folder.path)) if (epochs > after) folder.remove(name)
}

/** Keeps the model after every so many epochs. */
export const epochKeeper =
  (folder: ResultFolder, every: number) =>
  async (model: Autoencoder, epochs: number): Promise<void> => {
    if (epochs % every === 0) folder.write(nameOf(epochs), await saveModel(model))
  }
