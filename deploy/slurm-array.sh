#!/bin/bash
# One experiment in the shards of a job array. In a checkout of Facet, or with FACET set to the command:
#
#   sbatch --array=0-15 deploy/slurm-array.sh RESULTS reproduce --profile full --data DATA
#   npx pnpm facet merge RESULTS/shard-* --out RESULTS/whole
#
# Each task runs the shard of its number. One that is preempted, or whose node is lost, is requeued by Slurm and goes on where its log ends;
# one that was killed otherwise, by `scontrol requeue JOB_TASK`.
#SBATCH --job-name=facet
#SBATCH --array=0-3
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=facet-%A-%a.log
set -euo pipefail
results=$1
shift
# shellcheck disable=SC2086 # FACET is a command with arguments
exec ${FACET:-npx pnpm facet} "$@" --jobs "${SLURM_CPUS_PER_TASK:-1}" --out "$results/shard-$SLURM_ARRAY_TASK_ID"
