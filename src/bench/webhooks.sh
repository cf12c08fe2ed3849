#!/usr/bin/env bash
# 10,000 webhooks to a receiver that answers 503, moved through twelve virtual hours in one call.
# Needs the runnable jar (mvn package -DskipTests), and nginx and curl: apt-get install nginx curl
set -euo pipefail
cd "$(dirname "$0")/../.."
jar=$PWD/target/clouddrive-simulator.jar
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"

cat >nginx.conf <<CONF
worker_processes 1; daemon off; pid $work/nginx.pid; error_log $work/nginx.log;
events {} http { access_log $work/received.log; keepalive_requests 1000000;
  server { listen 127.0.0.1:9383; location / { return 503; } } }
CONF
nginx -c "$work/nginx.conf" &
pids+=($!)
java -jar "$jar" serve --port 0 --clock frozen --now 2015-10-07T22:41:05Z --ready-file ready.json >/dev/null &
pids+=($!)
until [ -s ready.json ]; do sleep 0.2; done
app=$(grep -o '"http":"[^"]*' ready.json | cut -d'"' -f4)/_simulator/api/apps/ASimKey0000000000000Az
api=${app%/apps/*}

curl -s "$app/webhooks" -d '{"url":"http://127.0.0.1:9383/hook","event":"fp.export"}' >/dev/null
for _ in $(seq 10000); do
  printf 'next\nurl = "%s/events"\ndata = "{\\"action\\":\\"fp.export\\"}"\noutput = /dev/null\nsilent\n' "$app"
done | tail -n +2 >events.txt
curl -s -K events.txt
began=$(date +%s%N)
curl -s "$api/clock/advance" -d '{"by":"PT12H"}' -o ran.json
echo "one advance of 12 h: $((($(date +%s%N) - began) / 1000000)) ms"
echo "attempts it tells of: $(grep -o '"what":"webhook-attempt"' ran.json | wc -l)"
echo "requests that the receiver got: $(wc -l <received.log)"
echo "deliveries that failed after four attempts: $(curl -s "$api/deliveries?status=failed&limit=10000" | grep -o '"number":4' | wc -l)"
