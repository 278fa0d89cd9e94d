import { init, key } from '@facet/tensor'
import { it } from 'vitest'
import { autoencoder } from './index.ts'
import { whyUnknown } from './layers/own-code.ts'
it('cost', async () => {
  await init()
  const m = autoencoder({ input: 16, bottleneck: 3, encoderHidden: [32], decoderHidden: [32] })
  const layers = [...m.encoder.layers, ...m.decoder.layers]
  const time = (f: () => void, n: number) => { for (let i = 0; i < n / 10; i++) f(); const b = performance.now(); for (let i = 0; i < n; i++) f(); return (1e6 * (performance.now() - b)) / n }
  const x = key(0).normal([16, 16])
  const a: string[] = []
  for (let r = 0; r < 3; r++) a.push(`check of 4 layers ${time(() => layers.forEach((l) => whyUnknown(l)), 200000).toFixed(0)} ns, reconstruct ${time(() => m.reconstruct(x).dispose(), 5000).toFixed(0)} ns`)
  const fs = process.getBuiltinModule('fs'); fs.writeFileSync('/tmp/cost.txt', a.join('\n'))
}, 60000)
