// Puts a .br and a .gz beside every text file of a folder, for the server to send as they are: `node compress.mjs FOLDER`.
// A copy carries the time of its original, which is how an unchanged file is known.
import { readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const text = /\.(js|mjs|css|svg|wasm|json|geojson|webmanifest|txt|xml|html)$/;
const ways = {
  '.br': (bytes) => brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }),
  '.gz': (bytes) => gzipSync(bytes, { level: 9 }),
};

const root = process.argv[2];
const files = readdirSync(root, { recursive: true }).map((name) => join(root, name)).filter((path) => statSync(path).isFile());
const there = new Set(files);

for (const path of files) {
  // A copy whose original has gone.
  if (/\.(br|gz)$/.test(path) && !there.has(path.slice(0, -3))) rmSync(path);
  if (!text.test(path)) continue;

  const { mtime, atime } = statSync(path);
  for (const [ending, compress] of Object.entries(ways)) {
    const copy = path + ending;
    if (there.has(copy) && statSync(copy).mtime.getTime() === mtime.getTime()) continue;
    writeFileSync(copy, compress(readFileSync(path)));
    utimesSync(copy, atime, mtime);
  }
}
