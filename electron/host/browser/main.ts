import process from 'node:process'
import { createApp } from '../../app.ts'
import { readPace } from '../../simulator/pace-setting.ts'
import { keepHeapModest } from '../modest-heap.ts'
import { serveUntilStopped } from './serve.ts'
import { couldNotStart, thisProcess } from './this-process.ts'

keepHeapModest()
process.exitCode = await serveUntilStopped({
  ...thisProcess(),
  createApp: (host) => createApp(host, { simulatorPace: readPace(process.env) }),
}).catch(couldNotStart)
