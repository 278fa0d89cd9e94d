// Writes all that is compiled to WebAssembly into modules, where its sources have changed. Also vitest's global setup.
import { fileURLToPath } from 'node:url'
import geometry from '../packages/geometry/scripts/build-kernels.mjs'
import models from '../packages/models/scripts/build-kernels.mjs'
import tensor from '../packages/tensor/scripts/build-kernels.mjs'

export default async function buildKernels() {
  await tensor()
  await models()
  await geometry()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels()
