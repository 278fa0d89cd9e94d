#!/usr/bin/env bash
# A Slurm cluster of this one machine, for tests, as root: `start.sh FOLDER`. Needs Debian's slurm-wlm and munge. All of it lies in the
# folder, keys, sockets and logs as well; a Slurm of the machine itself is left alone. Commands find it by SLURM_CONF=FOLDER/slurm.conf.
set -euo pipefail
folder=$(realpath "$1")
host=$(hostname -s)
# Ports that no other Slurm is asked at.
port=$((20000 + RANDOM % 20000))
mkdir -p "$folder"/{ctld,d,munge}
chown -R munge:munge "$folder/munge"
chmod 711 "$folder"
chmod 755 "$folder/munge"
head -c 1024 /dev/urandom >"$folder/munge/key"
chown munge:munge "$folder/munge/key"
chmod 400 "$folder/munge/key"
# Tasks wait rather than compute here: four at a time whatever the machine has. A requeued task waits until credentials have expired: 10 s,
# where 120 are usual.
cat >"$folder/slurm.conf" <<CONF
ClusterName=facet
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket,cred_expire=10
StateSaveLocation=$folder/ctld
SlurmdSpoolDir=$folder/d
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
ReturnToService=2
MinJobAge=3600
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
NodeName=$host NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
su -s /bin/bash munge -c "/usr/sbin/munged --socket='$folder/munge/socket' --key-file='$folder/munge/key' --pid-file='$folder/munge/pid' --log-file='$folder/munge/log' --seed-file='$folder/munge/seed'"
export SLURM_CONF=$folder/slurm.conf
slurmctld -f "$SLURM_CONF"
slurmd -f "$SLURM_CONF"
for _ in $(seq 60); do
  if sinfo --noheader --format=%T 2>/dev/null | grep -qx idle; then exit 0; fi
  sleep 0.5
done
echo "the node is not idle after 30 s; the last lines of its logs:" >&2
tail -n 5 "$folder"/*.log >&2
exit 1
