// What the map shows and how one frame of it is made. Grouping and district names are laid out
// once per half zoom level; at the level's own scale things are closest, so nothing that was
// clear of its neighbours there can collide while zooming on to the next level.

import { drawBadge, drawCluster, drawHere, drawPin, drawWarmth, PIN } from './badges.js';
import { alone, BADGE_RADIUS, cluster, radiusOf, type Group } from './cluster.js';
import type { Place } from './data.js';
import type { Ink } from './ink.js';
import { placeDistrictLabels, type DistrictLabel } from './labels.js';
import { extentOf, type Extent, type Land } from './land.js';
import { drawName, drawNames } from './names.js';
import { drawDistrictLabels, drawLand, type Frame } from './paint.js';
import type { Lang } from './words.js';

export const CLUSTER_DISTANCE = 44;
/** From here on there is room to write names; a handful of points gets theirs earlier. */
const NAMES_FROM = 15;
const NAMES_FROM_IF_FEW = 11;
const FEW = 40;

export class Sketch {
  readonly canvas = document.createElement('canvas');
  private readonly context = this.canvas.getContext('2d')!;
  /** Every point as a group of its own: kept, so that a filter makes no new objects for thousands of them. */
  private all: Group[] = [];
  private shown: Group[] = [];
  private byId = new Map<number, Place>();
  private groups: Group[] = [];
  private labels: DistrictLabel[] = [];
  private level = -1;
  /** What is shown has changed since groups and labels were laid out: the next frame does it, once for several changes. */
  private stale = false;
  private frame: Frame | null = null;
  private chosen: Place | null = null;

  land: Land | null = null;
  within: string | null = null;
  lang: Lang = 'zh';
  tiles = false;
  /** The one point of single-marker mode. */
  single: Place | null = null;
  /** Everything but the one marker steps back. */
  faint = false;
  hovered: Group | null = null;
  here: [number, number] | null = null;

  constructor(public ink: Ink) {
    this.canvas.className = 'p-map__canvas';
  }

  setPlaces(places: Place[]): void {
    this.all = places.map(alone);
    this.byId = new Map(places.map((place) => [place.id, place]));
    this.shown = this.all;
  }

  show(ids: ArrayLike<number | bigint> | null): void {
    if (ids) {
      const wanted = new Set(Array.from(ids as ArrayLike<number>, Number));
      this.shown = this.all.filter(({ members }) => wanted.has(members[0].id));
    } else {
      this.shown = this.all;
    }
    this.stale = true;
  }

  get selected(): Place | null {
    return this.chosen;
  }

  set selected(place: Place | null) {
    this.chosen = place;
    this.layoutLabels();
  }

  place(id: number): Place | null {
    return this.byId.get(id) ?? null;
  }

  shownExtent(): Extent | null {
    return this.shown.length ? extentOf(this.shown.map(({ x, y }) => [x, y])) : null;
  }

  /** Groups and labels anew, for the level last drawn. */
  layout(): void {
    this.hovered = null;
    if (this.level < 0) return;
    this.stale = false;
    const resolution = 156543.03392804097 / 2 ** this.level;
    this.groups = cluster(this.shown, resolution, CLUSTER_DISTANCE * this.ink.scale, this.ink.scale);
    this.layoutLabels();
  }

  layoutLabels(): void {
    if (this.level < 0) return;
    const { context, land, ink, lang, within } = this;
    const resolution = 156543.03392804097 / 2 ** this.level;
    // 天地图 brings its own names.
    this.labels = land?.named && !this.tiles ? placeDistrictLabels(context, land, this.obstacles(resolution), resolution, ink, lang, within) : [];
  }

  /** What names of districts keep clear of: every mark (its corners, as a box, may be touched), and the pin's head above its point. */
  private *obstacles(resolution: number): Iterable<[number, number, number]> {
    const { scale } = this.ink;
    for (const { x, y, members } of this.groups) yield [x, y, radiusOf(members.length) * 0.92 * scale];
    if (this.selected) yield [this.selected.x, this.selected.y + PIN.rise * scale * resolution, (PIN.radius + 4) * scale];
  }

  /** Where something stands in the frame last drawn. */
  toPx({ x, y }: Place): [number, number] | null {
    return this.frame && this.frame.toPx(x, y);
  }

  paint(frame: Frame, zoom: number): HTMLElement {
    this.frame = frame;
    const level = Math.floor(zoom * 2 + 1e-6) / 2;
    if (level !== this.level || this.stale) {
      this.level = level;
      this.layout();
    }
    const { canvas, context, ink } = this;
    const width = Math.round(frame.width * frame.ratio);
    const height = Math.round(frame.height * frame.ratio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
    context.clearRect(0, 0, frame.width, frame.height);
    if (!this.tiles) {
      context.fillStyle = ink.paper;
      context.fillRect(0, 0, frame.width, frame.height);
    }
    if (this.land) drawLand(context, frame, this.land, this.within, ink, this.tiles);
    drawDistrictLabels(context, frame, this.labels, ink, this.lang);
    this.drawMarks(zoom);
    context.globalAlpha = 1;
    return canvas;
  }

  private drawMarks(zoom: number): void {
    const { context, ink, lang } = this;
    const frame = this.frame!;
    const seen: [Group, number, number][] = [];
    for (const group of this.groups) {
      // The margin is the widest mark's radius: a mark counts as soon as a rim of it shows.
      const [x, y] = frame.toPx(group.x, group.y);
      if (x > -50 && y > -50 && x < frame.width + 50 && y < frame.height + 50) seen.push([group, x, y]);
    }
    const most = seen.reduce((most, [{ warmth }]) => Math.max(most, warmth), 0);
    for (const [{ warmth }, x, y] of seen) if (warmth > 0) drawWarmth(context, x, y, warmth, most, ink);
    if (this.here) {
      const [x, y] = frame.toPx(...this.here);
      drawHere(context, x, y, ink);
    }
    if (this.faint) context.globalAlpha = 0.5;
    if (zoom >= NAMES_FROM || (this.shown.length <= FEW && zoom >= NAMES_FROM_IF_FEW)) {
      drawNames(context, seen, this.selected, frame.width, ink, lang);
    }
    for (const [group, x, y] of seen) {
      const { members } = group;
      if (members.length > 1) drawCluster(context, x, y, group, group === this.hovered, ink);
      else if (members[0] !== this.selected) drawBadge(context, x, y, members[0].letter, members[0].state, ink);
    }
    context.globalAlpha = 1;
    const { hovered, selected } = this;
    if (hovered?.members.length === 1 && hovered.members[0] !== selected) {
      const at = frame.toPx(hovered.x, hovered.y);
      drawName(context, hovered.members[0], at, BADGE_RADIUS, 400, frame.width, ink, lang);
    }
    if (selected) {
      const [x, y] = frame.toPx(selected.x, selected.y);
      drawPin(context, x, y, selected.letter, selected.state, ink);
      drawName(context, selected, [x, y - PIN.rise * ink.scale], PIN.radius, 600, frame.width, ink, lang);
    }
  }

  /** The group under a pointer; never smaller to hit than the page's own touch target. */
  hit(pixel: number[]): Group | null {
    const { frame } = this;
    if (!frame) return null;
    let best: Group | null = null;
    let nearest = Infinity;
    for (const group of this.groups) {
      const [x, y] = frame.toPx(group.x, group.y);
      const distance = Math.hypot(x - pixel[0], y - pixel[1]);
      const reach = Math.max(radiusOf(group.members.length), 22) * this.ink.scale;
      if (distance <= reach && distance < nearest) {
        nearest = distance;
        best = group;
      }
    }
    return best;
  }
}
