import { describe, expect, it } from 'vitest'
import { trainLong } from './testing/long-training.ts'

describe('fit leaves the page its turn', () => {
  it('timers, a message, a fetch and a frame come through while it trains', async () => {
    const seen = { timers: 0, messages: 0, fetched: 0, frames: 0 }
    const interval = setInterval(() => void seen.timers++, 10)
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => void seen.messages++
    // It trains until all have come, which takes as long as a machine is busy; without its turn a page would see nothing in a minute either.
    const stop = new AbortController()
    const begun = performance.now()
    let during = { ...seen }
    const onEpoch = () => {
      during = { ...seen }
      const { timers, messages, fetched, frames } = during
      const isSeen = timers > 5 && messages + fetched + frames === 3
      if (isSeen || performance.now() - begun > 60_000) stop.abort()
    }
    const training = trainLong({ epochs: 1_000_000, onEpoch, signal: stop.signal })
    port2.postMessage('hello')
    void fetch(location.href).then((answer) => void (seen.fetched += Number(answer.ok)))
    requestAnimationFrame(() => void seen.frames++)
    await training
    clearInterval(interval)
    port1.close()
    const { timers, messages, fetched, frames } = during
    expect(timers).toBeGreaterThan(5)
    expect([messages, fetched, frames]).toEqual([1, 1, 1])
  })

  it('a stop that a timer gives ends it', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 100)
    const { aborted } = await trainLong({ epochs: 1_000_000, signal: stop.signal })
    expect(aborted).toBe(true)
  })

  it('a stop that is posted to a worker ends it there, and timers of the worker come through', async () => {
    const worker = new Worker(new URL('./testing/train-in-worker.ts', import.meta.url), { type: 'module' })
    const answer = await new Promise((resolve, reject) => {
      worker.onerror = ({ message }) => reject(new Error(message))
      worker.onmessage = ({ data }) => {
        if ('aborted' in data) resolve(data)
        else if (data.timers > 5) worker.postMessage('stop')
      }
    })
    worker.terminate()
    expect(answer).toEqual({ aborted: true })
  })
})
