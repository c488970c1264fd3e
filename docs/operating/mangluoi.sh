#!/bin/sh
# /usr/local/bin/mangluoi - the commands of mangluoi as its service runs them: as its user, and in its folder, where
# .env, data and backups lie. Files that a command names are looked for there.
cd /var/lib/mangluoi || exit 1
umask 077
set -- env DATA_DIR=/var/lib/mangluoi /opt/mangluoi/.venv/bin/mangluoi "$@"
if [ "$(id -u)" = 0 ]; then
	exec runuser -u mangluoi -- "$@"
fi
exec "$@"
