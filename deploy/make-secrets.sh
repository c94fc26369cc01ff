#!/bin/sh
# Makes the secrets of docker-compose.yml in secrets/ beside it, or in the folder named, each once: what is there stays.
set -eu
umask 022
cd "$(dirname "$0")/.."
folder=${1:-secrets}
# The files are read within containers, by other accounts: nobody else gets past the folder.
mkdir -p -m 700 "$folder"

random() { head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
keep() { [ -e "$folder/$1" ] || printf '%s' "$2" >"$folder/$1"; }
kept() { cat "$folder/$1"; }

keep secret_key "$(random 32)"
keep postgres_password "$(random 24)"
keep redis_password "$(random 24)"
keep admin_password "$(random 12)"
keep database_owner_url "postgres://muster:$(kept postgres_password)@postgres:5432/muster"
keep database_url "postgres://muster_app:$(random 24)@postgres:5432/muster"
keep redis_url "redis://:$(kept redis_password)@redis:6379"
# To be filled by whoever needs them; an empty one is none.
keep secret_key_previous ''
keep admin_api_key ''
keep oidc_client_secret ''
keep smtp_url ''
keep otlp_headers ''
