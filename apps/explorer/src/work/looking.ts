import {
  type PlanePartition,
  planePartition,
  type VertexErrors,
  vertexErrors,
  vertexPoints,
} from '@facet/geometry'
import { type Autoencoder, Network } from '@facet/models'
import { scope, type Tensor } from '@facet/tensor'
import { rewrite } from '@facet/tensor/dispatch'
import type { DataFacts } from '../run/data-facts.ts'
import { asTensor, makeData } from '../run/make-data.ts'
import { makeModel } from '../run/make-model.ts'
import { giveWeights } from '../run/run.ts'
import type { Recipe } from '../state/recipe.ts'
import type { Frame, Part } from '../state/state.ts'
import type { CardSource } from './card-facts.ts'
import { occupiedRegions } from './card-facts-occupied.ts'
import { sentenceOf } from './channel.ts'
import type {
  CardFacts,
  FrameFacts,
  RegionsPicture,
  Snapshot,
  SurfacePicture,
  ViewRequests,
  Wishes,
} from './messages.ts'
import { type DataPlane, dataPlane, filling, fitsFrame, frameAround } from './planes.ts'
import { type Before, type Read, regionsPicture } from './regions-picture.ts'
import type { stripPicture } from './strip-picture.ts'
import { curveOf, surfaceOf } from './surface-facts.ts'
import { SurfaceSpace } from './surface-space.ts'

/** A search that would take longer is ended, and its picture says that it is not complete. */
const LIMITS = { regions: 60_000, milliseconds: 1500 }

/** Milliseconds between two looks at what is read, not watched. */
const SLOW = 125

/** What takes its time and is read: the region's card, the moved sample, how many regions hold data and how far walls are. */
type SlowFacts = Pick<FrameFacts, 'card' | 'symmetry' | 'occupied' | 'wallDistance'>

const nothingYet: SlowFacts = { card: null, symmetry: null, occupied: null, wallDistance: null }

/** What was counted the last time, and of which network, plane and window. */
interface Counted extends Before {
  readonly of: string
}

/** The latent plane, and what it is drawn from; of a line `null`. */
interface Latent {
  readonly picture: RegionsPicture
  readonly partition: PlanePartition | null
}

/** What makes cards and moves samples. */
interface Reading {
  readonly cardFacts: typeof import('./read-facts.ts')['cardFacts']
  readonly medianWallDistance: typeof import('./read-facts.ts')['medianWallDistance']
  readonly symmetry: import('./symmetry-facts.ts').Symmetry
}

/** Everything that pictures of one run are made of: its samples, a model that takes the weights as they come, and what was drawn last. */
export class Looking {
  readonly run: number
  readonly facts: DataFacts
  readonly #model: Autoencoder
  readonly #whole: Network
  readonly #train: Tensor
  /** Codes of the training samples, [n, h], as of the last picture. */
  readonly #latentCodes: Tensor
  readonly #space: SurfaceSpace
  readonly #recipe: Recipe
  readonly #strip: typeof stripPicture | null
  /** `null` until it is loaded. */
  #reading: Reading | null = null
  #loading: Promise<void> | null = null
  #plane: { readonly of: string; readonly plane: DataPlane; readonly samples: Float32Array } | null = null
  #latentFrame: Frame | null = null
  #counted: { input: Counted | null; latent: Counted | null } = { input: null, latent: null }
  #sources: { input: CardSource | null; latent: CardSource | null } = { input: null, latent: null }
  /** What pictures said last of what is read, which the next ones repeat until it is time; `null` where it is time. */
  #read: { readonly input: Read | null; readonly latent: Read | null } = { input: null, latent: null }
  #slow: { readonly facts: SlowFacts; readonly wishes: Wishes; readonly at: number } | null = null

  /** Loads what pictures of a line are made with where the bottleneck is one. */
  static async of(setup: ViewRequests['setup']): Promise<Looking> {
    const isLine = setup.recipe.model.bottleneck === 1
    return new Looking(setup, isLine ? (await import('./strip-picture.ts')).stripPicture : null)
  }

  private constructor({ run, recipe, rows }: ViewRequests['setup'], strip: typeof stripPicture | null) {
    this.run = run
    this.#recipe = recipe
    this.#strip = strip
    this.facts = makeData(recipe, rows)
    this.#model = makeModel(recipe, this.facts)
    const { encoder, decoder } = this.#model
    this.#whole = new Network([...encoder.layers, ...decoder.layers], 'autoencoder')
    this.#train = asTensor(this.facts.train, this.facts.width)
    this.#latentCodes = this.#model.encode(this.#train)
    this.#space = new SurfaceSpace(this.facts)
  }

  /** Loads what cards and moved samples are made with, once: until then frames have none. */
  load(): Promise<void> {
    this.#loading ??= this.#load()
    return this.#loading
  }

  async #load(): Promise<void> {
    const { Symmetry, ...functions } = await import('./read-facts.ts')
    this.#reading = { ...functions, symmetry: await Symmetry.of(this.facts, this.#recipe) }
  }

  /**
   * Everything that is wished for, of the weights of a snapshot. What is read and not watched (cards, moved samples, the largest error) is made anew a few times a
   * second, or where the wishes are others: `isLate` says that it is of earlier weights, and can be made anew.
   */
  frame(snapshot: Snapshot, wishes: Wishes): { readonly frame: FrameFacts; readonly isLate: boolean } {
    const began = performance.now()
    giveWeights(this.#model, snapshot.weights)
    const { step, run } = snapshot
    const notices: string[] = []
    const tried = <T>(draw: () => T): T | null => {
      try {
        return draw()
      } catch (error) {
        notices.push(sentenceOf(error))
        return null
      }
    }
    this.#sources = { input: null, latent: null }
    const reading = this.#reading
    this.#slow ??= { facts: nothingYet, wishes, at: Number.NEGATIVE_INFINITY }
    const { wishes: before, at } = this.#slow
    const isLate = reading === null || (before === wishes && performance.now() - at < SLOW)
    if (!isLate) this.#read = { input: null, latent: null }
    const input = tried(() => scope(() => this.#input(step, wishes)))
    const latent = wishes.latent ? tried(() => scope(() => this.#latent(step, wishes))) : null
    this.#read = { input: input ?? this.#read.input, latent: latent?.picture ?? this.#read.latent }
    const surface = wishes.surface && latent ? tried(() => this.#surface(latent)) : null
    const slow = isLate
      ? this.#slow.facts
      : {
          card: wishes.selected && tried(() => this.card(wishes.selected!)),
          symmetry:
            wishes.symmetry &&
            tried(() => reading.symmetry.facts(this.#model, snapshot.generators, wishes.symmetry!)),
          occupied: this.#occupied(wishes),
          wallDistance: tried(() => reading.medianWallDistance(this.#whole, this.#train)),
        }
    if (!isLate) this.#slow = { facts: slow, wishes, at: performance.now() }
    return {
      isLate: isLate && reading !== null,
      frame: {
        run,
        step,
        input,
        latent: latent?.picture ?? null,
        surface,
        ...slow,
        milliseconds: performance.now() - began,
        notice: notices[0] ?? null,
      },
    }
  }

  /** The region of the last frame at a point; `null` outside of the window, and before what is read is loaded. */
  card(at: NonNullable<Wishes['selected']>): CardFacts | null {
    const source = this.#sources[at.plane]
    const reading = this.#reading
    return source === null || reading === null ? null : scope(() => reading.cardFacts(source, at))
  }

  /** The decoder's image over what the latent picture shows. */
  #surface({ picture, partition }: Latent): SurfacePicture {
    const { decoder } = this.#model
    return partition === null
      ? curveOf(this.#space, decoder, picture)
      : surfaceOf(this.#space, decoder, partition, picture)
  }

  #occupied({ part, plane }: Wishes): number | null {
    const source = this.#sources.input
    const { train, width } = this.facts
    const isUnion = part !== 'whole' && source?.model !== null
    if (source === null || width !== 2 || isUnion) return null
    return occupiedRegions(source.partition, this.#planeOf(plane).samples.subarray(0, train.length))
  }

  /** Gives all memory back. */
  release(): void {
    this.#model.dispose()
    this.#train.dispose()
    this.#latentCodes.dispose()
  }

  #planeOf(wish: Wishes['plane']): { readonly plane: DataPlane; readonly samples: Float32Array } {
    const of = JSON.stringify(wish)
    if (this.#plane?.of !== of) {
      const plane = dataPlane(this.facts, wish)
      const { train, validation } = this.facts
      const all = new Float32Array(train.length + validation.length)
      all.set(train)
      all.set(validation, train.length)
      this.#plane = { of, plane, samples: plane.project(all) }
    }
    return this.#plane
  }

  #input(step: number, { part, shading, plane: wish, inputFrame, aspects }: Wishes): RegionsPicture {
    const { plane, samples } = this.#planeOf(wish)
    const frame = filling(inputFrame ?? frameAround(samples), aspects.input)
    const withErrors = shading === 'error'
    // Errors are of the whole network; of the decoder behind the encoder the regions are its as well.
    const isOwn = part === 'encoder' && !withErrors
    const network = isOwn ? this.#model.encoder : this.#whole
    const partition = planePartition(network, { plane, window: frame, limits: LIMITS })
    const of = JSON.stringify([part, wish, frame])
    const before = this.#counted.input?.of === of ? this.#counted.input : null
    const groups = isOwn ? null : this.#groupsOf(part)
    const { picture, codes } = regionsPicture(
      partition,
      {
        frame,
        groups,
        errors: isOwn || (this.#read.input !== null && !withErrors) ? null : this.#errorsOf(partition),
        isShaded: withErrors,
        read: this.#read.input,
        samples: samples.slice(),
      },
      step,
      before,
    )
    this.#counted.input = { of, codes, step }
    // The picture's own hashes go to the page with it.
    this.#sources.input = {
      plane: 'input',
      partition,
      network,
      model: isOwn ? null : this.#model,
      samples: this.#train,
      hashes: picture.hashes.slice(),
      unionOf: groups !== null && part !== 'whole' ? part : null,
    }
    return picture
  }

  #errorsOf(partition: PlanePartition): VertexErrors {
    const points = asTensor(vertexPoints(partition), this.facts.width)
    return vertexErrors(partition, this.#whole.apply(points).dataSync() as Float32Array)
  }

  /** The groups of the whole network whose walls a part has; `null` for all. */
  #groupsOf(part: Part): readonly [number, number] | null {
    const ofEncoder = this.#model.encoder.groups.length
    const all = this.#whole.groups.length
    if (part === 'whole' || ofEncoder === 0 || ofEncoder === all) return null
    return part === 'encoder' ? [0, ofEncoder] : [ofEncoder, all]
  }

  #latent(step: number, { latentFrame, latentAxes, aspects }: Wishes): Latent {
    const { decoder } = this.#model
    const h = this.#model.bottleneck
    const codes = Float32Array.from(this.#model.encode(this.#train).dataSync())
    const count = codes.length / h
    const [a, b] = h < 2 ? [0, 0] : latentAxes
    const samples = new Float32Array(2 * count)
    for (let n = 0; n < count; n++) {
      samples[2 * n] = codes[n * h + a]
      samples[2 * n + 1] = h < 2 ? 0.5 : codes[n * h + b]
    }
    if (latentFrame === null && !(this.#latentFrame !== null && fitsFrame(samples, this.#latentFrame)))
      this.#latentFrame = frameAround(samples)
    const own = latentFrame ?? (this.#latentFrame as Frame)
    rewrite(this.#latentCodes, codes)
    const source = {
      plane: 'latent',
      network: decoder,
      model: null,
      samples: this.#latentCodes,
      unionOf: null,
    } as const
    if (this.#strip !== null) {
      const { picture, partition } = this.#strip(decoder, own, samples)
      this.#sources.latent = { ...source, partition, hashes: picture.hashes.slice() }
      return { picture, partition: null }
    }
    const frame = filling(own, aspects.latent)
    const axis = (k: number) => Array.from({ length: h }, (_, i) => (i === k ? 1 : 0))
    // Of three dimensions the plane goes through the mean code.
    const origin = axis(-1).map((_, i) => (i === a || i === b ? 0 : meanOf(codes, i, h)))
    const plane = { origin, u: axis(a), v: axis(b) }
    const partition = planePartition(decoder, { plane, window: frame, limits: LIMITS })
    const of = JSON.stringify([latentAxes, frame])
    const before = this.#counted.latent?.of === of ? this.#counted.latent : null
    const drawn = regionsPicture(
      partition,
      { frame, groups: null, errors: null, isShaded: false, read: this.#read.latent, samples },
      step,
      before,
    )
    this.#counted.latent = { of, codes: drawn.codes, step }
    this.#sources.latent = { ...source, partition, hashes: drawn.picture.hashes.slice() }
    return { picture: drawn.picture, partition }
  }
}

function meanOf(rows: Float32Array, column: number, width: number): number {
  let sum = 0
  for (let i = column; i < rows.length; i += width) sum += rows[i]
  return (sum * width) / rows.length
}
