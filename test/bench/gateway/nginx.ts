import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from './free-port.ts'

/** As fast as a proxy gets that swaps the key and knows nothing of rotation: where it is installed. */
export interface Nginx {
  port: number
  pid: number
  stop: () => void
}

export async function startNginx(providerPort: number): Promise<Nginx | undefined> {
  if (spawnSync('nginx', ['-v']).error) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'keywheel-bench-nginx-'))
  mkdirSync(join(folder, 'logs'))
  const port = await freePort()
  writeFileSync(join(folder, 'nginx.conf'), configuration(port, providerPort))
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
  const stop = () => {
    child.kill('SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
  if (await isListening(port)) return { port, pid: child.pid ?? 0, stop }
  stop()
  return undefined
}

/** One worker and kept connections on both sides, as the others have them; every temporary file in its own folder. */
function configuration(port: number, providerPort: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path tmp-${name};`,
  )
  return `daemon off;
worker_processes 1;
pid nginx.pid;
error_log logs/error.log;
events { worker_connections 4096; }
http {
  access_log off;
${temporary.join('\n')}
  keepalive_requests 1000000;
  upstream provider { server 127.0.0.1:${providerPort}; keepalive 64; keepalive_requests 1000000; }
  split_clients $request_id $key { 33.3% sk-bench-1; 33.3% sk-bench-2; * sk-bench-3; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://provider;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Authorization "Bearer $key";
      proxy_buffering off;
    }
  }
}
`
}

async function isListening(port: number): Promise<boolean> {
  for (let tries = 0; tries < 50; tries += 1) {
    if (await canConnect(port)) return true
    await delay(100)
  }
  return false
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
