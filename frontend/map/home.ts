// What the map shows before anyone has moved it, from what its attributes say.

import { fromLonLat } from 'ol/proj.js';

import { PIN } from './badges.js';
import { readLonLat } from './data.js';
import { districtAt, type Extent } from './land.js';
import type { Sketch } from './sketch.js';
import { MAX_ZOOM, type Viewpoint } from './viewpoint.js';

/** Chengdu, for a map that was given nothing at all to fit. */
const SOMEWHERE: Extent = [11440000, 3515000, 11680000, 3690000];

/** Around what the map may be panned. */
export function limitsOf(sketch: Sketch): Extent {
  const extent = sketch.land?.extent ?? sketch.shownExtent() ?? SOMEWHERE;
  if (!sketch.single) return extent;
  // A point outside all outlines must still be reachable.
  const { x, y } = sketch.single;
  return [Math.min(extent[0], x), Math.min(extent[1], y), Math.max(extent[2], x), Math.max(extent[3], y)];
}

/** `foot` is the height of the small print, which the fitted land should not run under. */
export function showHome(element: HTMLElement, sketch: Sketch, viewpoint: Viewpoint, foot: number): void {
  const { land, single, within, tiles } = sketch;
  const center = readLonLat(element.getAttribute('center'));
  const zoom = Number(element.getAttribute('zoom')) || null;
  const chosen = land?.districts.find(({ code }) => code === within);
  if (center) return viewpoint.jump(fromLonLat(center), zoom ?? 12);
  if (single) {
    const at = [single.x, single.y];
    if (zoom || tiles) return viewpoint.jump(at, zoom ?? 16);
    // Without tiles the streets are missing: the outline of its district says more than blank paper.
    const around = chosen ?? districtAt(land, at);
    if (!around) return viewpoint.jump(at, 14);
    return viewpoint.fit(around.extent, MAX_ZOOM, [(PIN.rise + PIN.radius + 8) * sketch.ink.scale, 16, foot + 8, 16]);
  }
  viewpoint.fit((chosen ?? land)?.extent ?? sketch.shownExtent() ?? SOMEWHERE, 16, [24, 24, foot + 8, 24]);
}
