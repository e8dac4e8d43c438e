// Decides which texts may stand where, so that no two ever overlap.

import { font, type Ink } from './ink.js';
import { contains, type District, type Land } from './land.js';
import type { Lang } from './words.js';

/** Boxes already taken, in px, hashed by cell so that thousands of markers stay cheap to ask about. */
export class Boxes {
  private cells = new Map<number, number[][]>();

  add(left: number, top: number, right: number, bottom: number): void {
    const box = [left, top, right, bottom];
    this.each(box, (cell, key) => {
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    });
  }

  free(left: number, top: number, right: number, bottom: number): boolean {
    let free = true;
    this.each([left, top, right, bottom], (cell) => {
      for (const box of cell ?? []) {
        if (box[0] < right && box[2] > left && box[1] < bottom && box[3] > top) free = false;
      }
    });
    return free;
  }

  private each(box: number[], visit: (cell: number[][] | undefined, key: number) => void): void {
    const [left, top, right, bottom] = box.map((value) => Math.floor(value / 64));
    for (let x = left; x <= right; x++) {
      for (let y = top; y <= bottom; y++) {
        const key = x * 4194304 + y;
        visit(this.cells.get(key), key);
      }
    }
  }
}

const widths = new Map<string, number>();

export function widthOf(context: CanvasRenderingContext2D, text: string, px: number, weight: number): number {
  const key = `${weight} ${px} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    context.font = font(px, weight);
    width = context.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

export interface DistrictLabel {
  text: string;
  x: number;
  y: number;
}

export const DISTRICT_PX = 14;
/** Letter spacing in em: the quiet, spread look of a printed district name. */
export const spacingOf = (lang: Lang): number => (lang === 'zh' ? 0.3 : 0.06);

/** How far from its middle a name may stand, in px: it may give way to a marker, but not wander off. */
const FARTHEST = 150;

/** Offsets from the middle, nearest first; a step aside counts half, because names are wide. */
const STEPS = Array.from({ length: 19 }, (_, i) => (i - 9) * 16)
  .flatMap((x) => Array.from({ length: 31 }, (_, j) => [x, (j - 15) * 10]))
  .filter(([x, y]) => Math.hypot(x, y) <= FARTHEST)
  .sort((a, b) => Math.hypot(a[0] / 2, a[1]) - Math.hypot(b[0] / 2, b[1]));

/** Names of districts that fit their district and stand clear of `obstacles` (x, y, radius in px) and of one another. */
export function placeDistrictLabels(
  context: CanvasRenderingContext2D,
  land: Land,
  obstacles: Iterable<[x: number, y: number, radius: number]>,
  resolution: number,
  ink: Ink,
  lang: Lang,
  within: string | null,
): DistrictLabel[] {
  const [ox, oy] = land.origin;
  const taken = new Boxes();
  const near = (FARTHEST + 200 * ink.scale) * resolution;
  for (const [x, y, radius] of obstacles) {
    // Close up, hardly any of the thousands of marks is near the middle of a district.
    if (!land.districts.some(({ middle }) => Math.abs(middle[0] - x) < near && Math.abs(middle[1] - y) < near)) continue;
    const px = (x - ox) / resolution;
    const py = (oy - y) / resolution;
    taken.add(px - radius, py - radius, px + radius, py + radius);
  }
  const size = DISTRICT_PX * ink.scale;
  const labels: DistrictLabel[] = [];
  const inOrder = [...land.districts].sort((a, b) => rank(b, within) - rank(a, within));
  for (const district of inOrder) {
    const text = lang === 'en' ? district.nameEn || district.name : district.name;
    if (!text) continue;
    const half = (widthOf(context, text, size, 400) + text.length * spacingOf(lang) * size) / 2;
    const room = (district.extent[2] - district.extent[0]) / resolution;
    if (room < half * 1.6) continue;
    const inside = (px: number, py: number) => contains(district.rings, ox + px * resolution, oy - py * resolution);
    const [mx, my] = [(district.middle[0] - ox) / resolution, (oy - district.middle[1]) / resolution];
    for (const [stepX, stepY] of STEPS) {
      const [px, py] = [mx + stepX, my + stepY];
      const box = [px - half - 2, py - size * 0.6, px + half + 2, py + size * 0.6] as const;
      if (!taken.free(...box)) continue;
      // In the middle a name may reach over the border; anywhere else that would name the neighbour.
      if ((stepX || stepY) && !(inside(px - half, py) && inside(px, py) && inside(px + half, py))) continue;
      taken.add(...box);
      labels.push({ text, x: ox + px * resolution, y: oy - py * resolution });
      break;
    }
  }
  return labels;
}

function rank({ code, extent }: District, within: string | null): number {
  return code === within ? Infinity : (extent[2] - extent[0]) * (extent[3] - extent[1]);
}
