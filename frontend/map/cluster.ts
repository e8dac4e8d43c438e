// Groups points that would overlap at a zoom level. The work is global and the order fixed, so
// that panning never regroups anything: a cluster stays itself while one looks around.

import type { Place } from './data.js';

export interface Group {
  x: number;
  y: number;
  members: Place[];
  open: number;
  soon: number;
  warmth: number;
}

export const BADGE_RADIUS = 14;

/** Radius in px before scaling. Log of the count: ten times the points is one step bigger, not ten. */
export function radiusOf(count: number): number {
  return count === 1 ? BADGE_RADIUS : Math.min(30, 14 + 2 * Math.log(count));
}

/** `resolution` is metres per px; `distance` in px is how near two points may be before they join. */
export function cluster(singles: Group[], resolution: number, distance: number, scale: number): Group[] {
  let groups = gather(singles, distance * resolution, () => distance * resolution);
  // Joining moves centres, so that bigger circles may now touch: join those too, until none do.
  const widest = (2 * 30 + 4) * scale * resolution;
  for (let round = 0; round < 4; round++) {
    const merged = gather(
      groups,
      widest,
      (a, b) => (radiusOf(a.members.length) + radiusOf(b.members.length) + 4) * scale * resolution,
    );
    if (merged.length === groups.length) break;
    groups = merged;
  }
  return groups;
}

export function alone(place: Place): Group {
  return {
    x: place.x,
    y: place.y,
    members: [place],
    open: place.state === 'open' ? 1 : 0,
    soon: place.state === 'soon' ? 1 : 0,
    warmth: place.warmth,
  };
}

/** Each group in turn takes in every later one within reach. `cell` is at least the longest reach. */
function gather(groups: Group[], cell: number, reach: (a: Group, b: Group) => number): Group[] {
  // Cells hashed into flat arrays of linked lists: this runs for thousands of points at every touch of a
  // filter. Two cells in one bucket do no harm, since distance decides in the end.
  const mask = 2 ** Math.ceil(Math.log2(groups.length + 1)) * 2 - 1;
  const bucket = (column: number, row: number) => (Math.imul(column, 73856093) ^ Math.imul(row, 19349663)) & mask;
  const first = new Int32Array(mask + 1).fill(-1);
  const next = new Int32Array(groups.length);
  const taken = new Uint8Array(groups.length);
  for (let i = groups.length - 1; i >= 0; i--) {
    const at = bucket(Math.floor(groups[i].x / cell), Math.floor(groups[i].y / cell));
    next[i] = first[at];
    first[at] = i;
  }
  const result: Group[] = [];
  for (let i = 0; i < groups.length; i++) {
    if (taken[i]) continue;
    taken[i] = 1;
    const seed = groups[i];
    const column = Math.floor(seed.x / cell);
    const row = Math.floor(seed.y / cell);
    let joined: Group[] | null = null;
    for (let n = 0; n < 9; n++) {
      for (let j = first[bucket(column - 1 + (n % 3), row - 1 + Math.floor(n / 3))]; j >= 0; j = next[j]) {
        if (taken[j]) continue;
        const dx = groups[j].x - seed.x;
        const dy = groups[j].y - seed.y;
        const square = dx * dx + dy * dy;
        if (square >= cell * cell || square >= reach(seed, groups[j]) ** 2) continue;
        taken[j] = 1;
        (joined ??= [seed]).push(groups[j]);
      }
    }
    result.push(joined ? join(joined) : seed);
  }
  return result;
}

function join(groups: Group[]): Group {
  const members = groups.flatMap((group) => group.members);
  const sum: Group = { x: 0, y: 0, members, open: 0, soon: 0, warmth: 0 };
  for (const group of groups) {
    const weight = group.members.length / members.length;
    sum.x += group.x * weight;
    sum.y += group.y * weight;
    sum.open += group.open;
    sum.soon += group.soon;
    sum.warmth += group.warmth;
  }
  return sum;
}
