import { trainInWorker } from '@facet/facet/worker'

const row = (i) => Array.from({ length: 16 }, (_, t) => Math.sin(i + t / 3) + Math.cos(i * 0.7) * (t / 16))
const rows = Array.from({ length: 2000 }, (_, i) => row(i))
const [bar, says, button] = ['#bar', '#says', '#stop'].map((id) => document.querySelector(id))

const stop = new AbortController()
button.onclick = () => stop.abort()
const onProgress = ({ epoch, epochs, remaining }) => {
  bar.value = epoch / epochs
  says.textContent = `Epoch ${epoch} of ${epochs}, ${remaining.toFixed()} s left`
}
const model = await trainInWorker(rows, { bottleneck: 3, epochs: 500, signal: stop.signal, onProgress })
const { endedBy, epochs, bestEpoch } = model.report
says.textContent = `Ended by ${endedBy} after ${epochs} epochs; the model is that of epoch ${bestEpoch}.`
