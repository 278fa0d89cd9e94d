import { definitions } from '../studies/studies.ts'
import type { StudyCommand } from './study-command.ts'

const examples = `
--profile standard and full take all 15 sets of the paper's table from --data;
sets whose files are missing are named and left out.
With several values for --weight or --sigma, the validation part chooses.
--study orbit-gap takes --cases, --seeds and --steps alone; a setting that a
study does not have is refused.
--data takes files of the UCR archive, <Name>_TRAIN and <Name>_TEST with .tsv,
.txt or .ts, and those of MNIST and CIFAR10, each gzipped or not.

Examples:
  $ facet reproduce
  $ facet reproduce --profile full --data folder --dry-run
  $ facet reproduce --sets CBF --models ae,lieGroupFirstOrder --runs 1
  $ facet reproduce --data ucr --sets Trace,SyntheticControl --epochs 125 \\
      --weight 0.01,1,100 --weight higherOrderContractive=0.01,0.1,1 \\
      --sigma 0.001,0.01,0.1,1
  $ facet reproduce --study orbit-benefit --runs 2 --models ae,lieGroupOrbit
  $ facet reproduce --study orbit-benefit --data mnist --sets MNIST --samples 200
  $ facet reproduce --study orbit-gap --cases rotation`

/** `facet reproduce`: every study, the paper's table without `--study`. */
export const reproduceCommand: StudyCommand = {
  name: 'reproduce',
  summary: "train autoencoders and print the paper's table, or another study",
  description:
    "Trains the paper's five autoencoders and two with linear skips that start at PCA, and prints their test errors beside the paper's, the mean predictor's and PCA's. With --study orbit-benefit it trains autoencoders that reconstruct transformed data, and their controls, with paired seeds; --study orbit-gap is facet orbit.",
  examples,
  studies: definitions,
}
