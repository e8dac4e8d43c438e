// The districts as shapes to draw: a path, a tint unlike the neighbours', a middle for the name.

import type { Outline } from './data.js';

export type Extent = [number, number, number, number];

export interface District extends Outline {
  path: Path2D;
  extent: Extent;
  /** Where its name stands best, once `findMiddle` has looked. */
  middle: [number, number];
  /** 0..3; neighbours differ as far as four tints allow. */
  tint: number;
}

export interface Land {
  districts: District[];
  /** Every district's middle has been found, which takes a while: until then no names are drawn. */
  named: boolean;
  extent: Extent;
  /** All districts at once, so that a translucent stroke of them does not darken where two meet. */
  path: Path2D;
  /** Paths are drawn relative to this: canvas paths keep 32-bit floats, too coarse for raw Mercator metres. */
  origin: [number, number];
}

export function makeLand(outlines: Outline[]): Land | null {
  if (!outlines.length) return null;
  const extents = outlines.map(({ rings }) => extentOf(rings.flat()));
  const extent = extents.reduce(joinExtents);
  const origin = middleOf(extent);
  const tints = tintsOf(outlines);
  const districts = outlines.map((outline, i) => ({
    ...outline,
    path: pathOf(outline.rings, origin),
    extent: extents[i],
    middle: middleOf(extents[i]),
    tint: tints[i],
  }));
  const path = new Path2D();
  for (const district of districts) path.addPath(district.path);
  return { districts, named: false, extent, path, origin };
}

export function extentOf(points: Iterable<number[]>): Extent {
  const extent: Extent = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    extent[0] = Math.min(extent[0], x);
    extent[1] = Math.min(extent[1], y);
    extent[2] = Math.max(extent[2], x);
    extent[3] = Math.max(extent[3], y);
  }
  return extent;
}

function middleOf([west, south, east, north]: Extent): [number, number] {
  return [(west + east) / 2, (south + north) / 2];
}

function joinExtents(a: Extent, b: Extent): Extent {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

export function districtAt(land: Land | null, [x, y]: number[]): District | undefined {
  return land?.districts.find(({ rings }) => contains(rings, x, y));
}

/** Even-odd over all rings, so holes and several parts need no special case. */
export function contains(rings: number[][][], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[i];
      const [bx, by] = ring[j];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

function pathOf(rings: number[][][], [ox, oy]: [number, number]): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    ring.forEach(([x, y], i) => (i ? path.lineTo(x - ox, y - oy) : path.moveTo(x - ox, y - oy)));
    path.closePath();
  }
  return path;
}

/** Sets the middle: the place furthest from any border, found on a coarse grid and then on a finer one around the best. */
export function findMiddle(district: District): void {
  const { rings, extent } = district;
  let best = district.middle;
  let depth = 0;
  const search = (cx: number, cy: number, width: number, height: number, steps: number) => {
    for (let i = 0; i < steps; i++) {
      for (let j = 0; j < steps; j++) {
        const x = cx + ((i + 0.5) / steps - 0.5) * width;
        const y = cy + ((j + 0.5) / steps - 0.5) * height;
        if (!contains(rings, x, y)) continue;
        const found = distanceToBorder(rings, x, y);
        if (found > depth) {
          depth = found;
          best = [x, y];
        }
      }
    }
  };
  const width = extent[2] - extent[0];
  const height = extent[3] - extent[1];
  search(best[0], best[1], width, height, 14);
  search(best[0], best[1], width / 7, height / 7, 6);
  district.middle = best;
}

function distanceToBorder(rings: number[][][], x: number, y: number): number {
  let least = Infinity;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1];
      const dx = ring[i][0] - ax;
      const dy = ring[i][1] - ay;
      const length = dx * dx + dy * dy;
      const t = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
      const ex = ax + t * dx - x;
      const ey = ay + t * dy - y;
      least = Math.min(least, ex * ex + ey * ey);
    }
  }
  return least;
}

/** Greedy colouring. Neighbours share vertices, because the outlines come from one coverage. */
function tintsOf(outlines: Outline[]): number[] {
  const owners = new Map<string, Set<number>>();
  const neighbours = outlines.map(() => new Set<number>());
  outlines.forEach(({ rings }, i) => {
    for (const [x, y] of rings.flat()) {
      const key = `${Math.round(x)},${Math.round(y)}`;
      const here = owners.get(key);
      if (!here) owners.set(key, new Set([i]));
      else {
        for (const other of here) {
          neighbours[i].add(other);
          neighbours[other].add(i);
        }
        here.add(i);
      }
    }
  });
  const tints: number[] = [];
  outlines.forEach((_, i) => {
    const taken = [...neighbours[i]].map((other) => tints[other]);
    const free = [0, 1, 2, 3].find((tint) => !taken.includes(tint));
    tints.push(free ?? i % 4);
  });
  return tints;
}
