// One run of the table's protocol in Facet, as a worker of `facet reproduce` does it: settings and task as JSON; prints one line of JSON.
import { startEngine } from '../../packages/lab/src/engine.ts'
import { runModel } from '../../packages/lab/src/studies/paper-table/run.ts'

const [settings, task] = JSON.parse(process.argv[2])
await startEngine()
const started = performance.now()
const { testError } = await runModel(settings, task, () => {})
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000, test: testError }))
