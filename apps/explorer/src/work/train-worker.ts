// The worker that trains. Its weights go to the worker that looks at them by a port of their own, when that asks for them.
import { makeData } from '../run/make-data.ts'
import { makeModel } from '../run/make-model.ts'
import { checksumOf, giveWeights, Run } from '../run/run.ts'
import { hear, say, sentenceOf } from './channel.ts'
import type { Snapshot, SnapshotRequest, TrainAnswers, TrainRequests } from './messages.ts'
import { Recordings } from './recordings.ts'
import { type Engine, startEngine } from './start-engine.ts'
import { Turns } from './turns.ts'

/** Milliseconds of training between two looks at what has come in. */
const SLICE = 4
/** Milliseconds from one report to the next. */
const REPORT = 100
/** Milliseconds between pictures on the way to a step that was asked for: they would make the way longer, and the first of all is 0.7 s of work. */
const WAY = 1500
/**
 * Milliseconds between pictures while it plays. A screen shows 60 a second; of two cores they would leave the training less than half of its speed, and 32 a second
 * are as smooth to the eye.
 */
const BETWEEN = navigator.hardwareConcurrency > 2 ? 0 : 26
/** From one point of the curve to the next: half a percent further. */
const POINT = 1.005

interface Current {
  readonly run: number
  readonly start: TrainRequests['start']
  readonly training: Run
  readonly recordings: Recordings
  goal: number | null
  curve: number[]
  nextPoint: number
  reportedAt: number
  reportedStep: number
  speed: number
}

const answer = say<TrainAnswers>()
let engine: Promise<Engine> | null = null
let current: Current | null = null
let isPlaying = false
let pace = 0
let shown: number | null = null
let version = 0
let sentAt = 0
let port: MessagePort | null = null
let request: SnapshotRequest | null = null

const turns = new Turns(turn)

/** Some steps, then a look at what has come in. */
function turn(): void {
  const at = current
  if (at === null || !(isPlaying || at.goal !== null)) return
  try {
    const isOnWay = at.goal !== null
    const end = performance.now() + SLICE
    const last = at.goal ?? Number.POSITIVE_INFINITY
    do {
      if (at.training.stepsDone >= last) break
      advance(at)
    } while ((isOnWay || pace === 0) && performance.now() < end)
    if (at.training.stepsDone >= last) at.goal = null
    if (at.goal === null && !isPlaying) stand(at)
    else {
      if (performance.now() - at.reportedAt >= REPORT) report(at)
      turns.next(at.goal === null ? pace : 0)
    }
    sendSnapshot()
  } catch (error) {
    fail(at, error)
  }
}

function advance(at: Current): void {
  const { training, recordings } = at
  training.step()
  version++
  const step = training.stepsDone
  if (recordings.isDue(step)) recordings.keep(step, training.weights(new Float32Array(training.parameters)))
  if (step < at.nextPoint) return
  addPoint(at)
  at.nextPoint = Math.max(step + 1, Math.ceil(step * POINT))
}

function addPoint({ training, curve }: Current): void {
  const { step, loss, validation, live } = training.point()
  curve.push(step, loss, validation, live)
}

/** What there is to say where it stands still. */
function stand(at: Current): void {
  const { training, curve } = at
  if (training.stepsDone > 0 && curve.at(-4) !== training.stepsDone) addPoint(at)
  report(at, checksumOf(training.weights(new Float32Array(training.parameters))))
}

function report(at: Current, checksum: string | null = null): void {
  const now = performance.now()
  const step = at.training.stepsDone
  const passed = now - at.reportedAt
  if (checksum === null && passed > 0) at.speed = (1000 * (step - at.reportedStep)) / passed
  at.reportedAt = now
  at.reportedStep = step
  const { run, goal, curve, speed, recordings } = at
  at.curve = []
  answer('progress', {
    run,
    step,
    goal,
    stepsPerSecond: speed,
    curve: Float64Array.from(curve),
    checksum,
    recorded: [...recordings.steps],
  })
}

function fail({ run }: Pick<Current, 'run'>, error: unknown): void {
  isPlaying = false
  if (current) current.goal = null
  answer('failed', { run, message: sentenceOf(error) })
}

function sendSnapshot(): void {
  if (request === null || current === null || version <= request.after) return
  const now = performance.now()
  if (now - sentAt < (current.goal !== null ? WAY : isPlaying && shown === null ? BETWEEN : 0)) return
  sentAt = now
  request = null
  const { training, recordings, run } = current
  const kept = shown === null ? null : recordings.nearest(shown)
  const weights = kept?.weights.slice() ?? training.weights(new Float32Array(training.parameters))
  const generators = training.generators()
  const snapshot: Snapshot = {
    run,
    step: kept?.step ?? training.stepsDone,
    weights,
    generators,
    version,
  }
  port?.postMessage(snapshot, [weights.buffer, ...(generators ? [generators.buffer] : [])])
}

async function start(given: TrainRequests['start']): Promise<void> {
  const { run, recipe, rows, goal } = given
  current?.training.release()
  current = null
  isPlaying = false
  shown = null
  pace = given.pace
  engine ??= startEngine()
  const { backend, warnings } = await engine
  try {
    const facts = makeData(recipe, rows)
    const training = await Run.of(recipe, facts)
    const at: Current = {
      run,
      start: given,
      training,
      recordings: new Recordings(),
      goal,
      curve: [],
      nextPoint: 1,
      reportedAt: performance.now(),
      reportedStep: 0,
      speed: 0,
    }
    at.recordings.keep(0, training.weights(new Float32Array(training.parameters)))
    current = at
    version++
    sentAt = performance.now()
    answer('started', { run, facts, parameters: training.parameters, backend, warnings })
    isPlaying = wanted?.run === run && wanted.isPlaying
    turns.next()
    turn()
  } catch (error) {
    fail(given, error)
  }
}

/** Whether the run of a start that is not done yet is to go on. */
let wanted: { readonly run: number; readonly isPlaying: boolean } | null = null
let lastRun = 0
let queue: Promise<void> = Promise.resolve()

hear<TrainRequests>(
  {
    start(given) {
      lastRun = given.run
      wanted = null
      queue = queue.then(() => (given.run === lastRun ? start(given) : undefined))
    },
    play(given) {
      pace = given.pace
      wanted = { run: lastRun, isPlaying: given.isPlaying }
      if (current?.run !== lastRun) return
      isPlaying = given.isPlaying
      if (isPlaying) {
        current.reportedAt = performance.now()
        current.reportedStep = current.training.stepsDone
        turns.hurry()
        turns.next()
      } else if (current.goal === null) stand(current)
    },
    step() {
      if (current === null || current.goal !== null) return
      try {
        advance(current)
        stand(current)
        sendSnapshot()
      } catch (error) {
        fail(current, error)
      }
    },
    show(step) {
      shown = step
      version++
      sendSnapshot()
    },
    save() {
      if (current !== null) void save(current)
    },
  },
  (given) => {
    port = given
    port.onmessage = ({ data }: MessageEvent<SnapshotRequest>) => {
      request = data
      sendSnapshot()
    }
  },
)

async function save({ run, start: { recipe }, training, recordings }: Current): Promise<void> {
  const kept = shown === null ? null : recordings.nearest(shown)
  const model = makeModel(recipe, training.facts)
  giveWeights(model, kept?.weights ?? training.weights(new Float32Array(training.parameters)))
  const step = kept?.step ?? training.stepsDone
  const { saveModel } = await import('./save-model.ts')
  const bytes = (await saveModel(model)) as Uint8Array<ArrayBuffer>
  model.dispose()
  answer('saved', { run, step, bytes })
}
