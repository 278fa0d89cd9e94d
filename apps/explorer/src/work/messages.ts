import type { DataFacts, GivenRows } from '../run/data-facts.ts'
import type { Recipe } from '../state/recipe.ts'
import type { Frame, Part, PlacedPoint, Shading } from '../state/state.ts'

/** What the page asks of the worker that trains. */
export interface TrainRequests {
  /** A new run; what was before ends. It goes to `goal` at once, saying how far it is. */
  readonly start: {
    readonly run: number
    readonly recipe: Recipe
    readonly rows: GivenRows | null
    readonly goal: number
    readonly pace: number
  }
  /** Goes on or stops. */
  readonly play: { readonly isPlaying: boolean; readonly pace: number }
  /** One step more. */
  readonly step: null
  /** Views show the weights recorded nearest to this step; `null` the newest. */
  readonly show: number | null
  /** Answers with the model's file at the shown weights. */
  readonly save: null
}

/** What it says. */
export interface TrainAnswers {
  readonly started: {
    readonly run: number
    readonly facts: DataFacts
    readonly parameters: number
    /** `wasm`, or `reference` where WebAssembly is refused. */
    readonly backend: string
    readonly warnings: readonly string[]
  }
  /** Several times a second while it runs. */
  readonly progress: {
    readonly run: number
    readonly step: number
    readonly goal: number | null
    readonly stepsPerSecond: number
    /** Rows of [step, loss, validation error, live units] since the last one. */
    readonly curve: Float64Array
    /** Checksum of the weights, where it stands still. */
    readonly checksum: string | null
    /** Steps whose weights can be shown again. */
    readonly recorded: readonly number[]
  }
  readonly saved: { readonly run: number; readonly step: number; readonly bytes: Uint8Array<ArrayBuffer> }
  readonly failed: { readonly run: number; readonly message: string }
}

/** Between the two workers, by a port of their own. */
export interface Snapshot {
  readonly run: number
  readonly step: number
  /** All parameters one after another. */
  readonly weights: Float32Array<ArrayBuffer>
  /** Learned generators `[count, d, d]`, where there are some. */
  readonly generators: Float32Array<ArrayBuffer> | null
  /** Grows with every change of what is to be shown. */
  readonly version: number
}
/** Asks for the newest snapshot, as soon as there is one after this version. */
export interface SnapshotRequest {
  readonly after: number
}

/** What the page wants to see. */
export interface Wishes {
  readonly part: Part
  readonly shading: Shading
  readonly plane: 'pca' | readonly [number, number, number]
  readonly inputFrame: Frame | null
  readonly latentFrame: Frame | null
  /** Width by height of where the planes are drawn. */
  readonly aspects: { readonly input: number; readonly latent: number }
  readonly latentAxes: readonly [number, number]
  readonly selected: PlacedPoint | null
  readonly surface: boolean
  readonly latent: boolean
  readonly symmetry: { readonly sample: number; readonly generator: number; readonly theta: number } | null
}

/** What the page asks of the worker that looks at the weights. */
export interface ViewRequests {
  readonly setup: { readonly run: number; readonly recipe: Recipe; readonly rows: GivenRows | null }
  /** Weights of the run's goal, which the page came with: they are shown while the training is on its way there. */
  readonly opening: Snapshot
  /** What frames show from now on. */
  readonly wishes: Wishes
  /** There is room for one frame more, as soon as there is something new. */
  readonly drawn: null
  /** The region at a point of the last frame, at once. */
  readonly probe: { readonly id: number; readonly at: PlacedPoint }
}

/** Polygons of a window of a plane, ready to be drawn. */
export interface RegionsPicture {
  readonly regions: number
  /** `checked` or `exact`. */
  readonly verified: string
  readonly complete: boolean
  readonly frame: Frame
  /** x, y of the corners, polygon after polygon. */
  readonly corners: Float32Array<ArrayBuffer>
  /** Where each polygon begins in points of `corners`, and where the last ends: [polygons + 1]. Of the decoder behind the encoder a region may be several. */
  readonly starts: Uint32Array<ArrayBuffer>
  /** Walls, each once: s, t, s, t. */
  readonly walls: Float32Array<ArrayBuffer>
  /** Two words of each region's code: its identity and its colour. */
  readonly hashes: Uint32Array<ArrayBuffer>
  /** The squared error about a centre, eight numbers a polygon (`PlanePartition.errorForms`); empty where regions are not shaded by it. */
  readonly errors: Float32Array<ArrayBuffer>
  /** The largest squared error in the window, and where it is; `null` where it was not asked for, or outputs are not inputs. */
  readonly worst: { readonly value: number; readonly at: readonly [s: number, t: number] } | null
  /** Regions whose codes were not there in the picture before, and codes that are gone; of another window or network none. */
  readonly born: number
  readonly died: number
  /** Steps since that picture. */
  readonly stepsSince: number
  /** s, t of training and of validation samples. */
  readonly samples: Float32Array<ArrayBuffer>
}

/** The decoder's image. */
export interface SurfacePicture {
  /** 1: a curve; 2: a surface. */
  readonly dimension: 1 | 2
  /** x, y, z of corners in the order of the latent picture's polygons, of a curve point after point. */
  readonly corners: Float32Array<ArrayBuffer>
  readonly starts: Uint32Array<ArrayBuffer>
  readonly hashes: Uint32Array<ArrayBuffer>
  /** x, y, z twice for each crease. */
  readonly creases: Float32Array<ArrayBuffer>
  /** Training samples in the same space. */
  readonly samples: Float32Array<ArrayBuffer>
  /** Whether the third coordinate is 0 throughout. */
  readonly isFlat: boolean
  readonly axes: readonly [string, string, string]
}

/** What there is to know of one region. */
export interface CardFacts {
  /** The point that was asked for. */
  readonly at: PlacedPoint
  readonly hash: readonly [number, number]
  /** States of all units, layer by layer. */
  readonly code: readonly {
    /** `encoder 1`: layers are counted from 1. */
    readonly layer: string
    /** How many states each unit has. */
    readonly count: number
    readonly states: Int32Array<ArrayBuffer>
  }[]
  /** The map A x + b of the part that is drawn, row after row and [rows]. */
  readonly A: Float64Array<ArrayBuffer>
  readonly b: Float64Array<ArrayBuffer>
  /** Largest first. Those that are 0 whatever the weights are, behind the bottleneck's width, may be missing. */
  readonly singularValues: readonly number[]
  /** How many of them are above 2⁻²⁰ of the largest: float32 weights tell no more. */
  readonly rank: number
  /** In s and t of the plane, within the window; of an interval its length. */
  readonly area: number
  /** The part whose regions are drawn where this is one of the pieces of such a region, on which encoder and decoder are one map; else `null`. */
  readonly unionOf: 'encoder' | 'decoder' | null
  readonly neighbours: readonly {
    readonly hash: readonly [number, number]
    /** A point inside of it, to walk there. */
    readonly at: PlacedPoint
    /** Of the wall. */
    readonly length: number
    /** Every unit that has another state there: units are counted from 0. */
    readonly units: readonly { readonly layer: string; readonly unit: number; readonly state: number }[]
  }[]
  /** Rows of the training part in it, counted from 0. */
  readonly samples: readonly number[]
  /** The largest of ‖x − D(E(x))‖² / d over the region, within the window; `null` where the part drawn is not the whole map. */
  readonly largestError: {
    readonly value: number
    /** A corner. */
    readonly at: PlacedPoint
    /** A point beside it inside of the region. */
    readonly beside: PlacedPoint
  } | null
}

/** A sample moved along a generator. */
export interface SymmetryFacts {
  readonly generators: readonly string[]
  readonly theta: number
  readonly rows: readonly {
    /** `given`, `learned 1`, `random`, `permuted`. */
    readonly name: string
    readonly moved: Float32Array
    readonly reconstructed: Float32Array
    /** ‖x − D(E(x))‖² / d. */
    readonly error: number
    /** Share of the tangent's length that leaves the decoder's surface: ‖(I − P) G x‖ / ‖G x‖. */
    readonly leaving: number
  }[]
  /** Along the whole range of θ, from one end to the other: [points] and for each row errors for a curve, … */
  readonly along: {
    readonly theta: Float32Array
    readonly errors: readonly Float32Array[]
    /** … and of points of two and three dimensions where they go and what is made of them there, [points, d]; empty of others. */
    readonly paths: readonly { readonly moved: Float32Array; readonly reconstructed: Float32Array }[]
  }
}

/** One picture of everything that was wished for. */
export interface FrameFacts {
  readonly run: number
  readonly step: number
  readonly input: RegionsPicture | null
  readonly latent: RegionsPicture | null
  /** Of a bottleneck of one: ends of intervals of z, colours and codes of the data. */
  readonly surface: SurfacePicture | null
  readonly card: CardFacts | null
  readonly symmetry: SymmetryFacts | null
  /** Regions of the input plane that hold a training sample; `null` where samples lie beside the plane, and where regions are unions of those of the whole network. */
  readonly occupied: number | null
  /** The median distance of training samples to the nearest wall of the whole network, in the input space. */
  readonly wallDistance: number | null
  readonly milliseconds: number
  /** What could not be drawn, in a sentence; `null` where all was. */
  readonly notice: string | null
}

export interface ViewAnswers {
  readonly frame: FrameFacts
  readonly probed: { readonly id: number; readonly card: CardFacts | null }
  readonly failed: { readonly run: number; readonly message: string }
}

/** A table of messages as the pairs that are sent. */
export type Message<T> = { [K in keyof T]: readonly [kind: K, value: T[K]] }[keyof T]

/** What is done with each. */
export type Hearers<T> = { readonly [K in keyof T]: (value: T[K]) => void }
