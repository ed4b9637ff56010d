#!/bin/sh
# Adds what docker-compose.yml needs to .env, once, readable by its owner only; what is there already stays.
set -eu
cd "$(dirname "$0")/.."
umask 077
touch .env
chmod 600 .env
# hexadecimal digits: they stand in addresses and behind options, where other signs would mean something
random() { od -An -v -tx1 -N"$1" /dev/urandom | tr -d ' \n'; }
add() { grep -q "^$1=" .env || echo "$1=$2" >>.env; }
add POSTGRES_PASSWORD "$(random 24)"
add REDIS_PASSWORD "$(random 24)"
add FERNET_KEY "$(head -c 32 /dev/urandom | base64 | tr '+/' '-_')"
add API_SECRET_KEY "$(random 48)"
add JWT_SECRET "$(random 64)"
add ADMIN_PASSWORD "$(random 12)"
add AWS_ACCESS_KEY_ID "$(random 12)"
add AWS_SECRET_ACCESS_KEY "$(random 24)"
echo ".env holds the secrets; user admin, password: see ADMIN_PASSWORD there"
