import { job } from './program.ts'

/** First weights of peers by the names of ours, uniform as Glorot has them. */
export function firstWeights() {
  const { columns, hidden, bottleneck } = job
  const sizes = [columns, hidden, bottleneck, hidden, columns]
  const names = ['encoder.0', 'encoder.1', 'decoder.0', 'decoder.1']
  const arrays = names.flatMap((name, l) => {
    const [fanIn, fanOut] = [sizes[l], sizes[l + 1]]
    const most = Math.sqrt(6 / (fanIn + fanOut))
    const values = Float32Array.from({ length: fanIn * fanOut }, () => (2 * Math.random() - 1) * most)
    return [
      [`${name}.weight`, { shape: [fanOut, fanIn], values }],
      [`${name}.bias`, { shape: [fanOut], values: new Float32Array(fanOut) }],
    ] as const
  })
  return Object.fromEntries(arrays)
}
