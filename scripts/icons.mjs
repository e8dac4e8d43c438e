// Makes the icon sprite out of the chosen Lucide icons: `node icons.mjs OUT.svg`, used as `<use href="/icons.svg#name"/>`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const names = `
  accessibility archive arrow-down arrow-right arrow-up baby badge-check book-open building-2 calendar-days chevron-down chevron-left
  chevron-right circle-check circle-help circle-pause circle-x clock copy download external-link eye eye-off file-text globe hand history house info
  landmark library list locate map map-pin megaphone menu message-circle monitor navigation newspaper phone plus printer qr-code scan-line scroll-text
  mic search share-2 shield-check sliders-horizontal smartphone square-parking store trash-2 triangle-alert type user users volume-2 x
`.trim().split(/\s+/);

const lucide = new URL('../frontend/node_modules/lucide-static/', import.meta.url);

const symbols = names.map((name) => {
  const file = new URL(`icons/${name}.svg`, lucide);
  if (!existsSync(file)) {
    console.error(`lucide-static has no icon named "${name}": correct the list in scripts/icons.mjs.`);
    process.exit(1);
  }
  const shapes = readFileSync(file, 'utf8').match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].replace(/\s*\n\s*/g, '');
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
});

// The whole notice goes with the copies, as both licences ask; of the list of icons taken from Feather, only ours.
// A comment may not contain two hyphens.
const licence = readFileSync(new URL('LICENSE', lucide), 'utf8')
  .replace(/^airplay, .*$/m, (list) => list.split(', ').filter((name) => names.includes(name)).join(', '))
  .replace(/-{2,}/g, '—')
  .trim();

writeFileSync(
  process.argv[2],
  `<!--\nLucide\n${licence}\n-->\n<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`,
);
