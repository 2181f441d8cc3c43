// Bundles Prebid.js, the modules of it that prebid.js names, and our adapter into dist/prebid.js: `npm run build`.
// The adapter imports Prebid's own files as its neighbours, as it does in Prebid's modules/: here they are the package's.
import { build } from 'esbuild';
import { join } from 'node:path';

const neighbours = {
  name: 'neighbours',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/src\// }, ({ path, importer }) =>
      importer.endsWith('marquetryBidAdapter.js') ? { path: join(import.meta.dirname, 'node_modules/prebid.js/dist/src', path.slice('../'.length)) } : undefined);
  },
};

await build({ entryPoints: ['prebid.js'], outfile: 'dist/prebid.js', bundle: true, minify: true, plugins: [neighbours], logLevel: 'warning' });
