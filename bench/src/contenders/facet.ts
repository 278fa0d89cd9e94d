import type { InitOptions, Tensor } from '@facet/tensor'
import { type Library, ours } from '../work/library.ts'
import { endTraining, firstLosses, startTraining, type Training } from '../work/step.ts'
import type {
  AffineWork,
  Arrays,
  ChainWork,
  ConvWork,
  ElementwiseWork,
  HostArray,
  LocalAffineWork,
  MatmulWork,
  ReductionWork,
  StepWork,
} from '../work/work.ts'
import { type Entry, type Prepared, type Session, Skip } from './contender.ts'
import { convLayer, startFacetConvTraining } from './facet-conv.ts'

/** Settings of a session that are not those of `init`. */
interface FacetOptions {
  /** Whether the backend leaves the words of region codes until somebody asks for them. */
  readonly codesOnDemand?: boolean
  /** Default: this checkout's. */
  readonly library?: Library
}

/** Our own engine on one of its backends. */
export function facetSession(
  options: InitOptions,
  version: string,
  vectors: string,
  { codesOnDemand = false, library = ours }: FacetOptions = {},
): Session {
  const { add, affine, clone, exp, identityActivation, init, matmul, maximum } = library.tensor
  const { reluActivation, scope, sum, tensor, unpackStates } = library.tensor
  const { Dense, Network } = library.models
  const upload = ({ shape, values }: HostArray): Tensor => tensor(values, { shape })
  const activate = async () => void (await init(options))

  function entry(compute: () => readonly Tensor[], variant?: string): Entry {
    return {
      variant,
      activate,
      async result() {
        return scope(() => compute().flatMap((t) => [...t.dataSync()]))
      },
      clock: { kind: 'synchronous', run: () => scope(() => void compute()) },
    }
  }

  const prepared = (resident: readonly Tensor[], entries: readonly Entry[]): Prepared => ({
    entries,
    release: () => resident.forEach((t) => t.dispose()),
  })

  return {
    version,
    vectors,
    prepare: {
      async matmul({ layout }: MatmulWork, inputs: Arrays) {
        await activate()
        const [a, b] = [upload(inputs.a), upload(inputs.b)]
        const flags = { transposeA: layout === 'tn', transposeB: layout === 'nt' }
        return prepared([a, b], [entry(() => [matmul(a, b, flags)])])
      },
      async affine({ outputs }: AffineWork, inputs: Arrays) {
        await activate()
        const resident = [upload(inputs.x), upload(inputs.weight), upload(inputs.bias)]
        const [x, weight, bias] = resident
        const withCodes = entry(() => [affine(x, weight, bias, reluActivation).output], 'with codes')
        // Outputs times states: a unit whose code says off would be missing.
        const states = async () =>
          scope(() => {
            const { output, code } = affine(x, weight, bias, reluActivation)
            const on = unpackStates(code, outputs).dataSync()
            return Float32Array.from(output.dataSync(), (value, i) => value * on[i])
          })
        const without = entry(
          () => [maximum(affine(x, weight, bias, identityActivation).output, 0)],
          'without codes',
        )
        const packed = entry(() => {
          const { output, code } = affine(x, weight, bias, reluActivation)
          clone(code)
          return [output]
        }, 'with packed codes')
        const ways = [{ ...withCodes, result: states }, without]
        return prepared(resident, codesOnDemand ? [...ways, packed] : ways)
      },
      async localAffine({ sizes }: LocalAffineWork, inputs: Arrays) {
        await activate()
        const layers = sizes.slice(1).map((_, l) => {
          const [weight, bias] = [upload(inputs[`weight${l}`]), upload(inputs[`bias${l}`])]
          const activation = l + 2 === sizes.length ? identityActivation : reluActivation
          return new Dense({ name: `layer ${l}`, weight, bias, activation })
        })
        const network = new Network(layers)
        const x = upload(inputs.x)
        const resident = [x, ...network.parameters.map(({ value }) => value)]
        const maps = entry(() => {
          const { A, b } = network.localAffine(x)
          return [A, b]
        })
        return prepared(resident, [maps])
      },
      async elementwise({ f }: ElementwiseWork, inputs: Arrays) {
        await activate()
        const [a, b] = [upload(inputs.a), upload(inputs.b)]
        const ops = { exp: () => exp(a), add: () => add(a, b) }
        return prepared([a, b], [entry(() => [ops[f]()])])
      },
      async chain({ length, scoped }: ChainWork, inputs: Arrays) {
        await activate()
        const [a, b] = [upload(inputs.a), upload(inputs.b)]
        const sums = () => {
          let y = a
          for (let i = 0; i < length; i++) y = add(y, b)
          return [y]
        }
        const inScopes = () => {
          let y = a
          for (let i = 0; i < length; i++) y = scope(() => add(y, b))
          return [y]
        }
        return prepared([a, b], [entry(scoped ? inScopes : sums)])
      },
      async reduction({ axis }: ReductionWork, inputs: Arrays) {
        await activate()
        const a = upload(inputs.a)
        return prepared([a], [entry(() => [sum(a, axis)])])
      },
      async conv(work: ConvWork, inputs: Arrays) {
        if (library.tensor.conv2d === undefined) throw new Skip('that checkout has no convolution')
        await activate()
        if (work.pass === 'forward') {
          const [x, weight, bias] = [inputs.x, inputs.weight, inputs.bias].map(upload)
          const layer = entry(() => [convLayer(library, x, weight, bias)])
          return prepared([x, weight, bias], [layer])
        }
        const training = startFacetConvTraining(library, work, inputs)
        const trained: Entry = {
          activate,
          async result() {
            const own = startFacetConvTraining(library, work, inputs)
            const numbers = own.result()
            own.release()
            return numbers
          },
          clock: { kind: 'synchronous', run: () => void training.step() },
        }
        return { entries: [trained], release: () => training.release() }
      },
      async step(work: StepWork, inputs: Arrays) {
        await activate()
        const data = upload(inputs.data)
        const trainings: Training[] = []
        const trained = (replay: boolean, variant?: string): Entry => {
          const training = startTraining(work, data, replay, library)
          const { trainer } = training
          trainings.push(training)
          return {
            variant,
            activate,
            async result() {
              const own = startTraining(work, data, replay, library)
              const losses = firstLosses(work, own)
              endTraining(own)
              return losses
            },
            clock: {
              kind: 'synchronous',
              run() {
                if (trainer.epochDone) trainer.finishEpoch()
                trainer.step()
              },
            },
          }
        }
        return {
          entries: work.eager ? [trained(true), trained(false, 'eager')] : [trained(true)],
          release() {
            trainings.forEach(endTraining)
            data.dispose()
          },
        }
      },
    },
    close: () => {},
  }
}
