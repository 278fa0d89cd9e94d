import { trainLong } from './long-training.ts'

/** Trains until it is told to stop, and says how often a timer got its turn meanwhile, and how it ended. */
const stop = new AbortController()
addEventListener('message', () => stop.abort())
let epochs = 0
let timers = 0
const interval = setInterval(() => {
  if (epochs > 0) postMessage({ timers: ++timers })
}, 10)
const { aborted } = await trainLong({
  epochs: 1_000_000,
  onEpoch: () => void epochs++,
  signal: stop.signal,
})
clearInterval(interval)
postMessage({ aborted })
