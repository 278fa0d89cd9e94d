// The worker that looks at the weights: partitions, surfaces, cards. It draws nothing, but makes buffers that can be drawn as they are.
import { hear, say, sentenceOf } from './channel.ts'
import { Looking } from './looking.ts'
import type { FrameFacts, Snapshot, SnapshotRequest, ViewAnswers, ViewRequests, Wishes } from './messages.ts'
import { startEngine } from './start-engine.ts'

const answer = say<ViewAnswers>()
const engine = startEngine()
let port: MessagePort | null = null
let looking: Looking | null = null
let lastRun = 0
/** The run whose cards and moved samples are loaded, or are being loaded. */
let read: Looking | null = null
let wishes: Wishes | null = null
let snapshot: Snapshot | null = null
/** Weights that came with the page: nothing that the training passes on its way to them is shown. */
let opening: Snapshot | null = null
/** Whether the page has drawn the last frame. */
let isFree = false
/** Whether there is something that no frame shows. */
let isNew = false

const ask = (after: number): void => port?.postMessage({ after } satisfies SnapshotRequest)

function look(): void {
  if (!isFree || !isNew || looking === null || wishes === null || snapshot?.run !== looking.run) return
  isFree = false
  isNew = false
  const { frame, isLate } = looking.frame(snapshot, wishes)
  // The next weights come while this frame is drawn.
  ask(snapshot.version)
  if (isLate) lookAgain()
  answer('frame', frame, buffersOf(frame))
  if (looking !== read) void readWith(looking)
}

/** The first picture of a run waits for nothing that is read: what makes it is loaded behind that picture. */
async function readWith(its: Looking): Promise<void> {
  read = its
  try {
    await its.load()
  } catch (error) {
    answer('failed', { run: its.run, message: sentenceOf(error) })
  }
  if (looking !== its) return
  isNew = true
  look()
}

/** Milliseconds after which what was late is made, where no other frame has come. */
const LATER = 150
let timer: ReturnType<typeof setTimeout> | null = null

function lookAgain(): void {
  if (timer !== null) clearTimeout(timer)
  timer = setTimeout(() => {
    isNew = true
    look()
  }, LATER)
}

/** What goes to the page without a copy. */
function buffersOf({ input, latent, surface }: FrameFacts): ArrayBuffer[] {
  const arrays = [input, latent, surface].flatMap((picture) =>
    picture === null ? [] : Object.values(picture).filter(ArrayBuffer.isView),
  )
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]
}

async function setup(given: ViewRequests['setup']): Promise<void> {
  looking?.release()
  looking = null
  await engine
  if (given.run !== lastRun) return
  try {
    const made = await Looking.of(given)
    if (given.run !== lastRun) {
      made.release()
      return
    }
    looking = made
    ask(-1)
    look()
  } catch (error) {
    answer('failed', { run: given.run, message: sentenceOf(error) })
  }
}

hear<ViewRequests>(
  {
    setup(given) {
      lastRun = given.run
      void setup(given)
    },
    wishes(given) {
      wishes = given
      isNew = true
      look()
    },
    drawn() {
      isFree = true
      look()
    },
    async probe({ id, at }) {
      await looking?.load()
      answer('probed', { id, card: looking?.card(at) ?? null })
    },
    opening(given) {
      opening = given
      if (snapshot?.run === given.run) return
      snapshot = given
      isNew = true
      look()
    },
  },
  (given) => {
    port = given
    port.onmessage = ({ data }: MessageEvent<Snapshot>) => {
      if (opening?.run === data.run && data.step < opening.step) {
        ask(data.version)
        return
      }
      opening = null
      snapshot = data
      isNew = true
      look()
    }
  },
)
