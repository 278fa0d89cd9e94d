import type { DataFacts, GivenRows } from '../run/data-facts.ts'
import type { State } from '../state/state.ts'
import type {
  CardFacts,
  FrameFacts,
  Hearers,
  Message,
  TrainAnswers,
  TrainRequests,
  ViewAnswers,
  ViewRequests,
  Wishes,
} from '../work/messages.ts'
import { Curve } from './curve.ts'
import type { Store } from './store.ts'

/** What is said of the run beside its pictures. */
export interface Status {
  readonly facts: DataFacts | null
  readonly parameters: number
  readonly backend: string | null
  readonly warnings: readonly string[]
  readonly step: number
  /** Where it is on its way to; `null` where it goes on or stands. */
  readonly goal: number | null
  readonly stepsPerSecond: number
  /** Of the weights, where it stands still. */
  readonly checksum: string | null
  /** What a link promised, and whether it came true; `null` without a promise. */
  readonly promise: 'kept' | 'broken' | null
  readonly recorded: readonly number[]
  /** Grows with the curve. */
  readonly curveLength: number
  readonly problem: string | null
}

const nothing: Status = {
  facts: null,
  parameters: 0,
  backend: null,
  warnings: [],
  step: 0,
  goal: null,
  stepsPerSecond: 0,
  checksum: null,
  promise: null,
  recorded: [],
  curveLength: 0,
  problem: null,
}

/** The workers of a page, which start before the rest of it is loaded. */
export interface Workers {
  readonly trainer: Worker
  readonly viewer: Worker
}

/** The two workers of a page, and what they said last. It follows the store: whoever changes the state need not know of it. */
export class Session {
  status: Status = nothing
  frame: FrameFacts | null = null
  readonly curve = new Curve()
  readonly #store: Store
  readonly #trainer: Worker
  readonly #viewer: Worker
  readonly #onStatus = new Set<(status: Status) => void>()
  readonly #onFrame = new Set<(frame: FrameFacts) => void>()
  readonly #probes = new Map<number, (card: CardFacts | null) => void>()
  readonly #saves: ((file: TrainAnswers['saved']) => void)[] = []
  #given: { readonly rows: GivenRows; readonly checksum: string } | null = null
  #run = 0
  #aspects: Wishes['aspects'] = { input: 1, latent: 1 }
  #promised: string | null = null
  /** Whether a picture waits for the screen, and another one has come in since. */
  #isWaiting = false
  #isOwed = false
  #stop: () => void

  constructor(store: Store, { trainer, viewer }: Workers) {
    this.#store = store
    this.#trainer = trainer
    this.#viewer = viewer
    const { port1, port2 } = new MessageChannel()
    this.#trainer.postMessage(['port', port1], [port1])
    this.#viewer.postMessage(['port', port2], [port2])
    listen<TrainAnswers>(this.#trainer, {
      started: ({ run, facts, parameters, backend, warnings }) => {
        if (run === this.#run) this.#say({ facts, parameters, backend, warnings })
      },
      progress: (progress) => this.#hearProgress(progress),
      saved: (file) => this.#saves.shift()?.(file),
      failed: (failure) => this.#hearFailure(failure),
    })
    listen<ViewAnswers>(this.#viewer, {
      frame: (frame) => this.#hearFrame(frame),
      probed: ({ id, card }) => {
        this.#probes.get(id)?.(card)
        this.#probes.delete(id)
      },
      failed: (failure) => this.#hearFailure(failure),
    })
    this.#stop = store.subscribe((state, before) => this.#follow(state, before))
    this.#start(store.state)
    this.#wish()
    this.#toViewer(['drawn', null])
  }

  /** Number of the run: it grows with each that begins. */
  get run(): number {
    return this.#run
  }

  /** @returns what ends it */
  onStatus(listener: (status: Status) => void): () => void {
    this.#onStatus.add(listener)
    return () => void this.#onStatus.delete(listener)
  }

  /** @returns what ends it */
  onFrame(listener: (frame: FrameFacts) => void): () => void {
    this.#onFrame.add(listener)
    return () => void this.#onFrame.delete(listener)
  }

  /** Weights of the step that the run is on its way to, where the page came with them: the first picture does not wait for the training. */
  async showOpening(weights: Promise<Float32Array<ArrayBuffer>>): Promise<void> {
    const [run, { step }] = [this.#run, this.#store.state]
    const given = await weights
    if (run === this.#run)
      this.#toViewer(['opening', { run, step, weights: given, generators: null, version: -1 }])
  }

  /** Rows of a file, for recipes whose file has this checksum. */
  giveRows(rows: GivenRows, checksum: string): void {
    this.#given = { rows, checksum }
  }

  /** Width by height of where a plane is drawn: its picture fills that. */
  setAspect(plane: keyof Wishes['aspects'], aspect: number): void {
    if (aspect === this.#aspects[plane]) return
    this.#aspects = { ...this.#aspects, [plane]: aspect }
    this.#wish()
  }

  /** One training step. */
  step(): void {
    this.#toTrainer(['step', null])
  }

  /** The region at a point of the pictures as they are. */
  probe(at: ViewRequests['probe']['at']): Promise<CardFacts | null> {
    const id = this.#probes.size === 0 ? 1 : Math.max(...this.#probes.keys()) + 1
    return new Promise((resolve) => {
      this.#probes.set(id, resolve)
      this.#toViewer(['probe', { id, at }])
    })
  }

  /** The model's file at the weights that are shown: safetensors, as `saveModel` writes it. */
  saveModel(): Promise<TrainAnswers['saved']> {
    return new Promise((resolve) => {
      this.#saves.push(resolve)
      this.#toTrainer(['save', null])
    })
  }

  /** Ends both workers. */
  end(): void {
    this.#stop()
    this.#trainer.terminate()
    this.#viewer.terminate()
  }

  #start({ recipe, step, promised, view }: State): void {
    const run = ++this.#run
    this.curve.clear()
    this.#promised = promised
    this.#say({ ...nothing, backend: this.status.backend, goal: step })
    const { set, file } = recipe.data
    const rows =
      set === 'file' && file?.checksum === this.#given?.checksum ? (this.#given?.rows ?? null) : null
    this.#toTrainer(['start', { run, recipe, rows, goal: step, pace: view.pace }])
    this.#toViewer(['setup', { run, recipe, rows }])
  }

  #follow(state: State, before: State): void {
    const isOther =
      state.recipe !== before.recipe || (state.step !== before.step && state.step !== this.status.step)
    if (isOther) this.#start(state)
    const { isPlaying, view } = state
    if (isOther ? isPlaying : isPlaying !== before.isPlaying || view.pace !== before.view.pace)
      this.#toTrainer(['play', { isPlaying, pace: view.pace }])
    if (view.shown !== before.view.shown) this.#toTrainer(['show', view.shown])
    if (isOther || view !== before.view) this.#wish()
  }

  #say(some: Partial<Status>): void {
    this.status = { ...this.status, ...some }
    for (const listener of [...this.#onStatus]) listener(this.status)
  }

  #hearProgress({
    run,
    step,
    goal,
    stepsPerSecond,
    curve,
    checksum,
    recorded,
  }: TrainAnswers['progress']): void {
    if (run !== this.#run) return
    this.curve.add(curve)
    const isThere = checksum !== null && goal === null && this.#promised !== null
    const promise = isThere ? (checksum === this.#promised ? 'kept' : 'broken') : this.status.promise
    if (isThere) this.#promised = null
    this.#say({ step, goal, stepsPerSecond, checksum, recorded, promise, curveLength: this.curve.length })
    // While it goes on the state does not follow: everything that shows the state would be rendered anew ten times a second.
    if (checksum !== null && goal === null) this.#store.dispatch(['reached', step])
  }

  #hearFailure({ run, message }: TrainAnswers['failed']): void {
    if (run !== this.#run) return
    this.#say({ problem: message, goal: null })
    if (this.#store.state.isPlaying) this.#store.dispatch(['play', false])
  }

  #hearFrame(frame: FrameFacts): void {
    if (frame.run === this.#run) {
      this.frame = frame
      for (const listener of [...this.#onFrame]) listener(frame)
    }
    this.#askForNext()
  }

  /** One picture is made while another waits for the screen, and no more: a hidden page asks for none. */
  #askForNext(): void {
    if (this.#isWaiting) {
      this.#isOwed = true
      return
    }
    this.#isWaiting = true
    this.#toViewer(['drawn', null])
    requestAnimationFrame(() => {
      this.#isWaiting = false
      if (!this.#isOwed) return
      this.#isOwed = false
      this.#askForNext()
    })
  }

  #wish(): void {
    this.#toViewer(['wishes', { ...wishesOf(this.#store.state), aspects: this.#aspects }])
  }

  #toTrainer(message: Message<TrainRequests>): void {
    this.#trainer.postMessage(message)
  }

  #toViewer(message: Message<ViewRequests>): void {
    this.#viewer.postMessage(message)
  }
}

const wishesOf = ({ view }: State): Omit<Wishes, 'aspects'> => ({
  part: view.part,
  shading: view.shading,
  plane: view.plane,
  inputFrame: view.inputFrame,
  latentFrame: view.latentFrame,
  latentAxes: view.latentAxes,
  selected: view.selected,
  surface: !view.hidden.includes('surface'),
  latent: !view.hidden.includes('latent'),
  symmetry: view.hidden.includes('symmetry')
    ? null
    : { sample: view.sample, generator: view.generator, theta: view.theta },
})

function listen<T>(worker: Worker, hearers: Hearers<T>): void {
  worker.onmessage = ({ data: [kind, value] }: MessageEvent<readonly [keyof T, T[keyof T]]>) =>
    hearers[kind](value as never)
}
