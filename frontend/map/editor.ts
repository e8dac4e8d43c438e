// Editing: one marker that is put somewhere by a click, dragged, and nudged by arrow keys. A button stands over the drawn head of
// the pin, so that fingers, keyboards and screen readers have something to hold.

import { toLonLat, fromLonLat } from 'ol/proj.js';

import { PIN } from './badges.js';
import type { Place } from './data.js';
import type { Sketch } from './sketch.js';
import type { Stage } from './stage.js';
import type { Words } from './words.js';

/** Metres of a degree of latitude. */
const DEGREE = 111195;
const STEPS: Record<string, [direction: number, east: number, north: number]> = {
  ArrowRight: [0, 1, 0],
  ArrowLeft: [1, -1, 0],
  ArrowUp: [2, 0, 1],
  ArrowDown: [3, 0, -1],
};

export class Editor {
  private readonly handle = document.createElement('button');
  /** From the tip to where the pointer took hold, in px. */
  private grip: [number, number] | null = null;

  constructor(
    private readonly box: HTMLElement,
    private readonly sketch: Sketch,
    private readonly stage: Stage,
    private readonly words: Words,
    private readonly made: (lonLat: [number, number]) => Place,
    private readonly told: (lon: number, lat: number, said: string) => void,
    signal: AbortSignal,
  ) {
    const { handle } = this;
    handle.type = 'button';
    handle.className = 'p-map__handle';
    handle.setAttribute('aria-label', words.marker);
    box.append(handle);
    const on = <K extends keyof HTMLElementEventMap>(of: HTMLElement, name: K, act: (event: HTMLElementEventMap[K]) => void) =>
      of.addEventListener(name, act, { signal });
    on(handle, 'pointerdown', (event) => this.take(event));
    on(handle, 'pointermove', (event) => this.drag(event));
    on(handle, 'pointerup', () => this.drop());
    on(handle, 'pointercancel', () => this.drop());
    on(handle, 'keydown', (event) => this.nudge(event));
    on(box, 'keydown', (event) => {
      if (event.key === 'Enter' && event.target === box && !this.marker) this.place(stage.viewpoint.center);
    });
    this.follow();
  }

  close(): void {
    this.handle.remove();
  }

  /** What somebody typed: shown, and told to nobody. */
  put(lonLat: [number, number] | null): void {
    if (!lonLat) this.sketch.single = this.sketch.selected = null;
    else this.move(fromLonLat(lonLat));
    if (this.marker) this.stage.viewpoint.bringIntoSight(this.marker, true);
    this.stage.redraw();
  }

  /** Here, by click or key. */
  place(at: number[]): void {
    this.move(at);
    this.stage.redraw();
    this.tell(this.words.placed);
  }

  /** Stands where the pin was drawn. */
  follow(): void {
    const at = this.marker && this.sketch.toPx(this.marker);
    this.handle.hidden = !at;
    if (!at) return;
    const side = Math.max(44, PIN.radius * 2.5) * this.sketch.ink.scale;
    const [x, y] = [at[0] - side / 2, at[1] - PIN.rise * this.sketch.ink.scale - side / 2];
    this.handle.style.inlineSize = this.handle.style.blockSize = `${side}px`;
    this.handle.style.transform = `translate(${x}px, ${y}px)`;
  }

  private get marker(): Place | null {
    return this.sketch.selected;
  }

  private move([x, y]: number[]): void {
    if (this.marker) Object.assign(this.marker, { x, y });
    else this.sketch.single = this.sketch.selected = this.made(toLonLat([x, y]) as [number, number]);
  }

  private tell(what: string): void {
    const [lon, lat] = toLonLat([this.marker!.x, this.marker!.y]);
    this.told(lon, lat, `${what} ${lon.toFixed(5)}, ${lat.toFixed(5)}`);
  }

  private take(event: PointerEvent): void {
    const at = this.marker && this.sketch.toPx(this.marker);
    if (!at || event.button) return;
    const { left, top } = this.box.getBoundingClientRect();
    this.grip = [event.clientX - left - at[0], event.clientY - top - at[1]];
    this.handle.setPointerCapture(event.pointerId);
  }

  private drag(event: PointerEvent): void {
    if (!this.grip) return;
    const { left, top } = this.box.getBoundingClientRect();
    this.move(this.stage.at([event.clientX - left - this.grip[0], event.clientY - top - this.grip[1]]));
    this.stage.redraw();
  }

  private drop(): void {
    if (!this.grip) return;
    this.grip = null;
    this.tell(this.words.placed);
  }

  private nudge(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // The map would take the same key for itself.
    event.stopPropagation();
    const [direction, east, north] = step;
    const metres = event.shiftKey ? 10 : 1;
    const [lon, lat] = toLonLat([this.marker!.x, this.marker!.y]);
    const narrow = Math.cos((lat * Math.PI) / 180);
    this.move(fromLonLat([lon + (east * metres) / DEGREE / narrow, lat + (north * metres) / DEGREE]));
    this.stage.viewpoint.bringIntoSight(this.marker!, false);
    this.stage.redraw();
    this.tell(`${this.words.directions[direction]} ${metres} ${this.words.metres},`);
  }
}
