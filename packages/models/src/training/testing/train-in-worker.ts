import { trainLong } from './long-training.ts'

/** Trains until it is told to stop, and says how far it came and what else got its turn. */
const stop = new AbortController()
addEventListener('message', () => stop.abort())
let timers = 0
const interval = setInterval(() => void timers++, 10)
postMessage({ started: true })
const { aborted } = await trainLong({ epochs: 1_000_000, signal: stop.signal })
clearInterval(interval)
postMessage({ aborted, timers })
