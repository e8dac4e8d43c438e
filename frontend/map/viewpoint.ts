// Where the map looks, and how it gets to look elsewhere.

import type OlMap from 'ol/Map.js';
import View from 'ol/View.js';
import { easeOut } from 'ol/easing.js';
import { toLonLat } from 'ol/proj.js';

import type { Place } from './data.js';
import type { Extent } from './land.js';

export const MIN_ZOOM = 7;
export const MAX_ZOOM = 18;
export const MOVE_MS = 240;
const PAN_PX = 96;
/** Below this a single point is lost in the city; then selecting it comes closer. */
const FAR = 12;
const NEAR = 15;

export class Viewpoint {
  /** The reader, not the program, made the last move. */
  byReader = false;
  /** Until somebody has looked elsewhere, a resize shows the home view again. */
  settled = false;
  private readonly view: View;
  private beforePrint: { center: number[]; zoom: number; settled: boolean } | null = null;

  /** A view can only be limited to an extent when it is made, hence one for each load of data. */
  constructor(
    private readonly map: OlMap,
    limits: Extent,
    inset: number[],
    private readonly duration: number,
    private readonly home: (viewpoint: Viewpoint) => void,
  ) {
    this.view = new View({
      center: [(limits[0] + limits[2]) / 2, (limits[1] + limits[3]) / 2],
      zoom: 10,
      minZoom: MIN_ZOOM,
      maxZoom: MAX_ZOOM,
      extent: limits,
      constrainOnlyCenter: true,
      enableRotation: false,
      padding: inset,
    });
    map.setView(this.view);
    home(this);
    map.on('change:size', () => {
      if (!this.settled) home(this);
    });
  }

  get center(): number[] {
    return this.view.getCenter()!;
  }

  get zoom(): number {
    return this.view.getZoom() ?? MIN_ZOOM;
  }

  get onPaper(): boolean {
    return !!this.beforePrint;
  }

  onZoom(act: () => void): void {
    this.view.on('change:resolution', act);
  }

  resolutionAt(zoom: number): number {
    return this.view.getResolutionForZoom(zoom);
  }

  /** On the ground: Web Mercator stretches everything away from the equator. */
  metresPerPx(): number {
    return this.view.getResolution()! * Math.cos((toLonLat(this.center)[1] * Math.PI) / 180);
  }

  /** What can be seen beside the inset, as [w, s, e, n] in degrees. */
  bbox(): number[] {
    const [w, s, e, n] = this.view.calculateExtent();
    return [...toLonLat([w, s]), ...toLonLat([e, n])].map((degrees) => Number(degrees.toFixed(6)));
  }

  setInset(inset: number[]): void {
    this.view.padding = inset;
    if (!this.settled) this.home(this);
  }

  // These two move at once, for the first view and for resizes.

  fit(extent: Extent, maxZoom: number, margins: number[]): void {
    this.view.fit(extent, { padding: margins, maxZoom });
  }

  jump(center: number[], zoom: number): void {
    this.view.setCenter(center);
    this.view.setZoom(zoom);
  }

  // The rest goes gently.

  goHome(): void {
    this.gently(() => this.home(this), true);
    this.settled = false;
  }

  goFit(extent: Extent): void {
    this.gently(() => this.fit(extent, 16, [56, 56, 56, 56]), false);
  }

  /** Into a cluster: as far as its points come apart, and at least one level. */
  goInto(extent: Extent, maxZoom: number): void {
    const closer = Math.min(this.zoom + 1, MAX_ZOOM);
    this.gently(() => {
      this.fit(extent, maxZoom, [64, 64, 64, 64]);
      if (this.zoom < closer) this.view.setZoom(closer);
    }, true);
  }

  zoomBy(step: number): void {
    const zoom = Math.round((this.zoom + step) * 2) / 2;
    this.go({ zoom: Math.max(MIN_ZOOM, Math.min(MAX_ZOOM, zoom)) }, true);
  }

  panBy(right: number, up: number): void {
    const [x, y] = this.center;
    const step = PAN_PX * this.view.getResolution()!;
    this.go({ center: this.view.getConstrainedCenter([x + right * step, y + up * step])! }, true);
  }

  /** Moves only as far as it takes to see the point. */
  bringIntoSight({ x, y }: Place, mayComeCloser: boolean): void {
    const zoom = mayComeCloser && this.zoom < FAR ? NEAR : this.zoom;
    const [west, south, east, north] = this.view.calculateExtent();
    const edge = Math.min(72 * this.view.getResolution()!, (east - west) / 4, (north - south) / 4);
    const inSight = x > west + edge && x < east - edge && y > south + edge && y < north - edge;
    if (!inSight || zoom !== this.zoom) this.go({ center: [x, y], zoom }, false);
  }

  /** Lays what is in sight on the paper's own width, and puts it all back afterwards. */
  print(onPaper: boolean): void {
    if (onPaper === this.onPaper) return;
    if (onPaper) {
      this.beforePrint = { center: this.center, zoom: this.zoom, settled: this.settled };
      const inSight = this.view.calculateExtent();
      this.settled = true;
      this.map.updateSize();
      this.view.fit(inSight);
    } else {
      const { center, zoom, settled } = this.beforePrint!;
      this.beforePrint = null;
      this.map.updateSize();
      this.jump(center, zoom);
      this.settled = settled;
    }
  }

  /** Makes a jump, remembers where it led, and goes there from where we were. */
  private gently(jump: () => void, byReader: boolean): void {
    this.view.cancelAnimations();
    const { center, zoom } = this;
    jump();
    const target = { center: this.center, zoom: this.zoom };
    this.jump(center, zoom);
    this.go(target, byReader);
  }

  private go(target: { center?: number[]; zoom?: number }, byReader: boolean): void {
    this.byReader = byReader;
    this.settled = true;
    this.view.cancelAnimations();
    this.view.animate({ ...target, duration: this.duration, easing: easeOut });
  }
}
