import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The staff workspace: built into dist/workspace and served by the web process under /workspace/.
export default defineConfig({
  root: 'src/workspace',
  base: '/workspace/',
  plugins: [react()],
  build: { outDir: '../../dist/workspace', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 1200 },
});
