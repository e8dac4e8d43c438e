// Names of points, beside their marks.

import { BADGE_RADIUS, radiusOf, type Group } from './cluster.js';
import type { Place } from './data.js';
import { font, type Ink } from './ink.js';
import { Boxes, widthOf } from './labels.js';
import type { Lang } from './words.js';

type Context = CanvasRenderingContext2D;

const NAME_PX = 14;
const LONGEST = { zh: 18, en: 36 };

export function nameIn(lang: Lang, { name, nameEn }: { name: string; nameEn: string }): string {
  return (lang === 'en' && nameEn) || name;
}

function shortened(lang: Lang, place: Place): string {
  const name = nameIn(lang, place);
  const letters = [...name];
  return letters.length > LONGEST[lang] ? `${letters.slice(0, LONGEST[lang] - 1).join('')}…` : name;
}

/** Where a name may begin, and its width: to the right, or first to the left where the sheet ends. */
function sides(context: Context, name: string, x: number, radius: number, weight: number, sheet: number, ink: Ink) {
  const width = widthOf(context, name, NAME_PX * ink.scale, weight);
  const away = (radius + 5) * ink.scale;
  const [right, left] = [x + away, x - away - width];
  return { width, starts: right + width > sheet && left > 0 ? [left, right] : [right, left] };
}

/** With a halo of paper, so that lines below do not cross it. */
function write(context: Context, text: string, x: number, y: number, weight: number, ink: Ink): void {
  context.font = font(NAME_PX * ink.scale, weight);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 4 * ink.scale;
  context.strokeStyle = ink.paper;
  context.strokeText(text, x, y);
  context.fillStyle = ink.label;
  context.fillText(text, x, y);
}

/** The name of one point that is meant: hovered or selected. */
export function drawName(
  context: Context,
  place: Place,
  [x, y]: [number, number],
  radius: number,
  weight: number,
  sheet: number,
  ink: Ink,
  lang: Lang,
): void {
  const name = shortened(lang, place);
  write(context, name, sides(context, name, x, radius, weight, sheet, ink).starts[0], y, weight, ink);
}

/** The names of all single points for which there is room between the marks. */
export function drawNames(
  context: Context,
  seen: [group: Group, x: number, y: number][],
  except: Place | null,
  sheet: number,
  ink: Ink,
  lang: Lang,
): void {
  const taken = new Boxes();
  for (const [{ members }, x, y] of seen) {
    const r = radiusOf(members.length) * ink.scale;
    taken.add(x - r, y - r, x + r, y + r);
  }
  const half = NAME_PX * 0.65 * ink.scale;
  for (const [{ members }, x, y] of seen) {
    const place = members[0];
    // A name whose mark is off the sheet would only puzzle.
    if (members.length > 1 || place === except || x < 0 || x > sheet) continue;
    const name = shortened(lang, place);
    const { width, starts } = sides(context, name, x, BADGE_RADIUS, 400, sheet, ink);
    const left = starts.find((start) => taken.free(start - 4, y - half, start + width + 4, y + half));
    if (left === undefined) continue;
    taken.add(left - 4, y - half, left + width + 4, y + half);
    write(context, name, left, y, 400, ink);
  }
}
