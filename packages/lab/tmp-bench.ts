import { init, key } from '@facet/tensor'
import { cylinderBellFunnel, syntheticControl, split } from '@facet/data'
import { autoencoder, adam, fit, reconstructionError } from '@facet/models'
import { models } from './src/reproduce/models.ts'
await init()
for (const set of [cylinderBellFunnel({ seed: 0 }), syntheticControl({ seed: 0 })]) {
  const { train, validation } = split(set.train, { validation: 0.2, key: key(0) })
  for (const name of ['ae', 'denoising', 'higherOrderContractive', 'lieGroupFirstOrder', 'lieGroupSecondOrder'] as const) {
    const m = autoencoder({ input: train.shape[1], bottleneck: 10, seed: 0 })
    const epochs = set.name === 'CBF' || train.shape[0] < 30 ? 10 : 2
    let steps = 0
    const t = performance.now(), c = process.cpuUsage()
    await fit(m, { train, validation }, { epochs, batchSize: 16, optimizer: adam(), objective: models[name].objectives(0.01), onStep: () => { steps++ } })
    const cpu = process.cpuUsage(c)
    const t2 = performance.now()
    reconstructionError(m, set.test)
    console.log(set.name, name, steps, 'steps', ((t2 - t) / steps).toFixed(1), 'ms/step cpu', ((cpu.user + cpu.system) / 1000 / steps).toFixed(1), 'test', (performance.now() - t2).toFixed(0), 'ms')
  }
}
