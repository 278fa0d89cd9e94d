// Trains a convolutional autoencoder and a dense one on a sample of MNIST with every objective, and prints the test errors beside PCA:
//   node --conditions=facet-source --import tsx scripts/mnist-convolution.ts FOLDER [epochs] > docs/results/mnist-convolution.md
import { loadMnist } from '@facet/data/node'
import {
  type Autoencoder,
  adam,
  autoencoder,
  convAutoencoder,
  fit,
  type Objective,
  pca,
  reconstruction,
  reconstructionError,
} from '@facet/models'
import {
  contractive,
  denoising,
  higherOrderContractive,
  imageBank,
  lieGroupFirstOrder,
  lieGroupOrbit,
  lieGroupSecondOrder,
  lowRank,
} from '@facet/regularizers'
import { init } from '@facet/tensor'

const [folder, epochs = '10'] = process.argv.slice(2)
if (folder === undefined) throw new Error('expected the folder of the four IDX files of MNIST')

const bottleneck = 10
const settings = { epochs: Number(epochs), batchSize: 32, optimizer: adam({ learningRate: 1e-3 }), seed: 0 }

// Weights are the defaults; generators of rank 2, since full ones would be six million numbers.
const objectives: Readonly<Record<string, () => Objective | Objective[]>> = {
  reconstruction: () => reconstruction(),
  denoising: () => denoising({ sigma: 0.1 }),
  contractive: () => [reconstruction(), contractive()],
  higherOrderContractive: () => [reconstruction(), higherOrderContractive()],
  lieGroupFirstOrder: () => [reconstruction(), lieGroupFirstOrder({ generators: lowRank(2) })],
  lieGroupSecondOrder: () => [reconstruction(), lieGroupSecondOrder({ generators: lowRank(2) })],
  lieGroupOrbit: () => [reconstruction(), lieGroupOrbit({ bank: imageBank({ height: 28, width: 28 }) })],
}

const nets: Readonly<Record<string, () => Autoencoder>> = {
  convolutional: () => convAutoencoder({ input: [1, 28, 28], channels: [16, 32], bottleneck }),
  dense: () => autoencoder({ input: 784, bottleneck, bottleneckActivation: 'identity' }),
}

await init()
const { train, test } = await loadMnist(folder, { sample: { count: 1000, seed: 0 } })

const rows: string[] = []
for (const [name, make] of Object.entries(objectives)) {
  const cells = [name]
  for (const net of Object.values(nets)) {
    const model = net()
    const begun = performance.now()
    const { execution } = await fit(model, train, { ...settings, objective: make() })
    const seconds = (performance.now() - begun) / 1000 / settings.epochs
    const error = (100 * reconstructionError(model, test)).toFixed(2)
    cells.push(`${error} (${seconds.toFixed(1)} s${execution.obstacle === null ? '' : ', not replayed'})`)
    console.error(cells.join(' · '))
  }
  rows.push(`| ${cells.join(' | ')} |`)
}
const parameters = (model: Autoencoder) => model.parameters.reduce((sum, { value }) => sum + value.size, 0)
const sizes = Object.entries(nets).map(([name, net]) => `${name} ${parameters(net())}`)
const mean = pca(train, 0).error(test)
const linear = pca(train, bottleneck).error(test)

console.log(`# Convolutional autoencoders on MNIST

1,000 digits of the training part, 1,000 of the test part, pixels in [0, 1]; bottleneck ${bottleneck}, ${settings.epochs} epochs, batches of ${settings.batchSize}, Adam 1e-3, one seed, float32,
WebAssembly on one thread. Test error: mean squared error × 100; in brackets the time of an epoch on this machine, which other work shares.
Parameters: ${sizes.join(', ')}. The mean predictor has ${(100 * mean).toFixed(2)}, PCA-${bottleneck} ${(100 * linear).toFixed(2)}.

| objective | convolutional | dense 784-64-64-10-64-64-64-784 |
|---|---|---|
${rows.join('\n')}

Written by \`node --conditions=facet-source --import tsx scripts/mnist-convolution.ts FOLDER ${settings.epochs}\`.
`)
