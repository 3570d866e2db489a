import process from 'node:process'
import { createApp } from '../../app.ts'
import { couldNotStart, thisProcess } from '../browser/this-process.ts'
import { keepHeapModest } from '../modest-heap.ts'
import { runGatewayProgram } from './program.ts'

keepHeapModest()
process.exitCode = await runGatewayProgram({
  ...thisProcess(),
  prompt: (text) => void process.stderr.write(text),
  createApp: (host) => createApp(host),
}).catch(couldNotStart)
