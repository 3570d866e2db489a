import react from '@vitejs/plugin-react'
import { builtinModules } from 'node:module'
import { defineConfig } from 'vitest/config'

const external = ['electron', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)]

/** A bundle that runs in Node: everything is inlined but Node itself and Electron. */
const nodeBundle = (input: Record<string, string>, outDir: string, format: 'es' | 'cjs') => ({
  consumer: 'server' as const,
  resolve: { noExternal: true as const, external },
  build: {
    target: 'node22',
    outDir,
    copyPublicDir: false,
    emptyOutDir: true,
    sourcemap: false,
    minify: false,
    rollupOptions: {
      input,
      external,
      output: {
        format,
        entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
        chunkFileNames: 'chunk-[name]-[hash].js',
      },
    },
  },
})

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  // A thread of the page is one file: nothing is loaded from inside of it.
  worker: { format: 'es', rollupOptions: { output: { codeSplitting: false } } },
  environments: {
    client: { build: { outDir: '../dist/renderer', emptyOutDir: true, target: 'chrome140', sourcemap: false } },
    main: nodeBundle(
      {
        main: 'electron/main.ts',
        browser: 'electron/host/browser/main.ts',
        gateway: 'electron/host/headless/main.ts',
        'journal-worker': 'electron/journal/worker.ts',
      },
      '../dist/main',
      'es',
    ),
    preload: nodeBundle({ preload: 'electron/preload.ts' }, '../dist/preload', 'cjs'),
    library: nodeBundle(
      {
        rotation: 'electron/rotation/index.ts',
        dotenv: 'electron/dotenv/index.ts',
        config: 'electron/dotenv/config.ts',
      },
      '../dist/library',
      'es',
    ),
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== 'ssr') await builder.build(environment)
      }
    },
  },
  test: {
    root: '.',
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules', 'dist'],
    testTimeout: 20_000,
    pool: 'threads',
  },
})
