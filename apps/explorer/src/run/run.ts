import {
  type Autoencoder,
  liveUnits,
  type Objective,
  OnlineTrainer,
  reconstructionError,
} from '@facet/models'
import type { LieGroupRun } from '@facet/regularizers'
import { crc32, key, scope, type Tensor } from '@facet/tensor'
import { rewrite } from '@facet/tensor/dispatch'
import type { Recipe } from '../state/recipe.ts'
import type { DataFacts } from './data-facts.ts'
import { asTensor } from './make-data.ts'
import { makeModel } from './make-model.ts'
import { objectivesOf, optimizerOf } from './make-objectives.ts'
import { streams } from './streams.ts'

/** What a curve says of one step. */
export interface CurvePoint {
  readonly step: number
  readonly loss: number
  readonly validation: number
  readonly live: number
}

/**
 * The training of a recipe, step by step. The same recipe gives the same weights in every engine: batches are drawn by the recipe's seed and the
 * step, and nothing else enters. `init({ relaxedSimd: false })` has to come before.
 */
export class Run {
  readonly model: Autoencoder
  readonly facts: DataFacts
  readonly #trainer: OnlineTrainer
  readonly #train: Tensor
  readonly #validation: Tensor
  readonly #batch: number
  readonly #key: ReturnType<typeof key>
  readonly #rows: Tensor
  readonly #gathered: Float32Array
  #loss = Number.NaN

  /** Loads what the recipe minimises. @throws Error for a recipe whose parts do not fit each other, in a sentence for the page */
  static async of(recipe: Recipe, facts: DataFacts): Promise<Run> {
    return new Run(recipe, facts, await objectivesOf(recipe, facts))
  }

  private constructor(recipe: Recipe, facts: DataFacts, objective: Objective[]) {
    const { training, seed } = recipe
    this.facts = facts
    this.model = makeModel(recipe, facts)
    this.#train = asTensor(facts.train, facts.width)
    this.#validation = asTensor(facts.validation, facts.width)
    const count = this.#train.shape[0]
    this.#batch = Math.min(training.batch, count)
    this.#trainer = new OnlineTrainer(this.model, {
      optimizer: optimizerOf(recipe),
      objective,
      seed,
      start: this.#train,
    })
    this.#key = key(seed).child(...streams.batch)
    this.#gathered = new Float32Array(this.#batch * facts.width)
    this.#rows = asTensor(this.#gathered, facts.width)
  }

  get stepsDone(): number {
    return this.#trainer.stepsDone
  }

  /** Trains on the next batch, drawn with replacement. @throws Error where the loss is not finite */
  step(): void {
    const { train, width } = this.facts
    const drawn = this.#key.child(this.stepsDone).integers(this.#batch, 0, this.#train.shape[0])
    for (let i = 0; i < drawn.length; i++)
      this.#gathered.set(train.subarray(drawn[i] * width, (drawn[i] + 1) * width), i * width)
    rewrite(this.#rows, this.#gathered)
    this.#loss = this.#trainer.step(this.#rows).values.loss
  }

  /** What there is to say of the weights as they are. */
  point(): CurvePoint {
    return scope(() => ({
      step: this.stepsDone,
      loss: this.#loss,
      validation: reconstructionError(this.model, this.#validation),
      live: liveUnits(this.model, this.#train),
    }))
  }

  /** Numbers of the model. */
  get parameters(): number {
    return this.model.parameters.reduce((sum, { value }) => sum + value.size, 0)
  }

  /** All parameters one after another, into an array of as many numbers. */
  weights<T extends Float32Array>(to: T): T {
    return weightsOf(this.model, to)
  }

  /** Learned or given generators `[count, d, d]` as they are now; `null` where the objective has none. */
  generators(): Float32Array<ArrayBuffer> | null {
    for (const objective of this.#trainer.objectives) {
      const { generators } = objective as Partial<LieGroupRun>
      if (generators) return scope(() => Float32Array.from(generators.matrices().dataSync()))
    }
    return null
  }

  /** Gives all memory back. */
  release(): void {
    this.#trainer.release()
    this.model.dispose()
    for (const each of [this.#train, this.#validation, this.#rows]) each.dispose()
  }
}

/** All parameters of a model one after another. */
export function weightsOf<T extends Float32Array>(model: Autoencoder, to: T): T {
  let at = 0
  for (const { value } of model.parameters) {
    to.set(value.dataSync() as Float32Array, at)
    at += value.size
  }
  return to
}

/** Writes what `weightsOf` read into a model of the same recipe. */
export function giveWeights(model: Autoencoder, from: Float32Array): void {
  let at = 0
  for (const { value } of model.parameters) {
    rewrite(value, from.subarray(at, at + value.size))
    at += value.size
  }
}

/** Eight hexadecimal digits that tell other weights, to the last bit. */
export const checksumOf = (weights: Float32Array): string =>
  crc32(new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength))
    .toString(16)
    .padStart(8, '0')
