import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

/**
 * Two entries: the pages of the staff, and the agency's answer page (`/a`), which an officer opens on a telephone
 * from a mail and which therefore carries neither React nor a menu.
 */
export default defineConfig({
  root,
  plugins: [react()],
  // Replaced by a fresh one in each page served (`api/plugins/pages.ts`): only style elements that carry it apply.
  html: { cspNonce: 'NONCE-OF-THIS-PAGE' },
  build: {
    target: 'es2022',
    outDir: resolve(root, 'dist'),
    emptyOutDir: true,
    // The size guard reads which chunks belong to which entry.
    manifest: true,
    rolldownOptions: { input: { main: resolve(root, 'index.html'), agency: resolve(root, 'a.html') } },
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
});
