// <portal-map>: attributes in, events in and out; the contract stands in portal-map.ts.

import { fromLonLat } from 'ol/proj.js';

import { loadOutlines, loadPlaces, readLonLat, stateOf, type Outline, type Place } from './data.js';
import { Editor } from './editor.js';
import { furnish, type Furniture } from './furniture.js';
import { limitsOf, showHome } from './home.js';
import { readInk, watchInk } from './ink.js';
import { districtAt, findMiddle, makeLand } from './land.js';
import { nameIn } from './names.js';
import { Sketch } from './sketch.js';
import { Stage } from './stage.js';
import type { Viewpoint } from './viewpoint.js';
import { wordsFor, type Lang } from './words.js';

type Ids = ArrayLike<number | bigint> | null;
type LonLat = { lon: number; lat: number };

const LOADING_AFTER_MS = 300;
const breath = () => new Promise<void>((done) => setTimeout(done));
const CLOSE = 13;

export class PortalMap extends HTMLElement {
  static readonly observedAttributes = [
    ...['src', 'outlines', 'within', 'lang', 'label', 'inset', 'tianditu-key'],
    ...['center', 'zoom', 'point', 'point-letter', 'point-state'],
  ];

  private life: AbortController | null = null;
  private furniture: Furniture | null = null;
  private sketch: Sketch | null = null;
  private stage: Stage | null = null;
  private editor: Editor | null = null;
  private restarting = false;
  // The last word of each kind, kept because the wasm island may speak before the data is here.
  private readonly wish = { show: null as Ids, select: null as number | null, here: null as LonLat | null, fit: false };

  constructor() {
    super();
    const hear = (name: string, act: (detail: any) => void) =>
      this.addEventListener(`portal-map:${name}`, (event) => act((event as CustomEvent).detail));
    hear('show', (ids: Ids) => {
      this.wish.show = ids ?? null;
      this.sketch?.show(this.wish.show);
      this.stage?.redraw();
    });
    hear('select', (id: number | null) => {
      this.wish.select = id ?? null;
      this.select();
    });
    hear('here', (here: LonLat | null) => {
      this.wish.here = here ?? null;
      this.showHere();
    });
    hear('put', (at: LonLat | null) => this.editor?.put(at && [at.lon, at.lat]));
    hear('fit', () => {
      this.wish.fit = true;
      this.fit();
    });
  }

  connectedCallback(): void {
    this.life = new AbortController();
    const words = wordsFor(this.language);
    this.furniture = furnish(words, this.querySelector<HTMLElement>('.p-map__foot'));
    this.prepend(this.furniture.root);
    this.append(this.furniture.status);
    this.label();
    void this.load(this.life.signal);
  }

  disconnectedCallback(): void {
    this.life?.abort();
    this.stage?.close();
    for (const part of ['root', 'where', 'status'] as const) this.furniture?.[part].remove();
    this.editor?.close();
    this.life = this.stage = this.sketch = this.furniture = this.editor = null;
    this.removeAttribute('ready');
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.life) return;
    if (name === 'label' || name === 'inset') {
      this.label();
      this.stage?.viewpoint.setInset(this.inset());
      return;
    }
    // Anything else makes another map of it. Attributes change in bunches: one restart for all.
    if (this.restarting) return;
    this.restarting = true;
    queueMicrotask(() => {
      this.restarting = false;
      if (!this.life) return;
      this.disconnectedCallback();
      this.connectedCallback();
    });
  }

  private get language(): Lang {
    return this.getAttribute('lang')?.startsWith('en') ? 'en' : 'zh';
  }

  /** What can change without a new map: the accessible name, the part of the sheet left free. */
  private label(): void {
    this.furniture!.box.setAttribute('aria-label', this.getAttribute('label') || wordsFor(this.language).map);
    ['top', 'right', 'bottom', 'left'].forEach((side, i) =>
      this.style.setProperty(`--p-map-inset-${side}`, `${this.inset()[i]}px`),
    );
  }

  private inset(): number[] {
    const sides = (this.getAttribute('inset') ?? '').trim().split(/\s+/).map(Number);
    return sides.length === 4 && sides.every(Number.isFinite) ? sides : [0, 0, 0, 0];
  }

  // ---- loading ----

  private async load(signal: AbortSignal): Promise<void> {
    const { furniture } = this;
    const words = wordsFor(this.language);
    const [src, outlinesUrl] = [this.getAttribute('src'), this.getAttribute('outlines')];
    // Said only when it takes long enough to wonder; sooner it would merely flicker.
    const patience = setTimeout(() => furniture!.say(words.loading), LOADING_AFTER_MS);
    try {
      const [places, outlines] = await Promise.all([
        src ? loadPlaces(src, signal) : [],
        outlinesUrl ? loadOutlines(outlinesUrl, signal) : [],
      ]);
      if (signal.aborted) return;
      await this.open(places, outlines, signal);
      if (signal.aborted) return;
      furniture!.say('');
    } catch (reason) {
      if (signal.aborted) return;
      furniture!.say(words.failed, () => {
        furniture!.say('');
        void this.load(signal);
      });
    } finally {
      clearTimeout(patience);
    }
  }

  /** In several short steps: a slow phone has other things to do in between, such as following a finger. */
  private async open(places: Place[], outlines: Outline[], signal: AbortSignal): Promise<void> {
    const furniture = this.furniture!;
    const words = wordsFor(this.language);
    const scale = () => Math.max(1, Math.min(1.5, furniture.zoomIn.offsetHeight / 44 || 1));
    const sketch = (this.sketch = new Sketch(readInk(furniture.probe, scale())));
    const point = readLonLat(this.getAttribute('point'));
    const edited = this.getAttribute('edit');
    const part = !!point || edited !== null;
    const tiandituKey = this.getAttribute('tianditu-key') || null;
    sketch.lang = this.language;
    sketch.within = this.getAttribute('within');
    sketch.tiles = !!tiandituKey;
    sketch.land = makeLand(outlines);
    await breath();
    if (signal.aborted) return;
    sketch.faint = edited !== null;
    sketch.setPlaces(edited ? places.filter(({ id }) => id !== Number(edited)) : places);
    if (point) sketch.single = sketch.selected = this.onlyPlace(point);
    sketch.show(this.wish.show);

    const looked = (viewpoint: Viewpoint) => {
      // Close up, a sketch without streets shows no name of a place: the foot says where one is.
      const district = viewpoint.zoom >= CLOSE && !tiandituKey ? districtAt(sketch.land, viewpoint.center) : null;
      furniture.setScale(viewpoint.metresPerPx(), district ? nameIn(sketch.lang, district) : '');
    };
    const stage = (this.stage = new Stage(
      furniture.box,
      sketch,
      {
        single: part,
        tiandituKey,
        limits: limitsOf(sketch),
        inset: this.inset(),
        home: (viewpoint) => showHome(this, sketch, viewpoint, furniture.foot.offsetHeight),
        picked: (place) => this.pick(place),
        moved: (bbox) => this.tell('moved', { bbox }),
        looked,
        hint: (of) => furniture.hint(of === 'touch' ? words.twoFingers : words.ctrlWheel),
        placed: edited === null ? undefined : (at) => this.editor?.place(at),
        painted: () => this.editor?.follow(),
      },
      signal,
    ));
    this.toggleAttribute('single', part);
    if (edited !== null) {
      const made = (lonLat: [number, number]) => this.onlyPlace(lonLat);
      const tell = (lon: number, lat: number, said: string) => this.tell('place', { lon, lat, said });
      this.editor = new Editor(furniture.box, sketch, stage, words, made, tell, signal);
    }
    furniture.zoomIn.onclick = () => stage.viewpoint.zoomBy(1);
    furniture.zoomOut.onclick = () => stage.viewpoint.zoomBy(-1);
    furniture.whole.onclick = () => stage.viewpoint.goHome();
    watchInk(() => {
      sketch.ink = readInk(furniture.probe, scale());
      sketch.layout();
      stage.viewpoint.print(matchMedia('print').matches);
      stage.drawNow();
    }, signal);

    await breath();
    if (signal.aborted) return;
    if (this.wish.fit) this.fit();
    if (this.wish.select !== null) this.select();
    this.showHere();
    stage.drawNow();
    this.setAttribute('ready', '');
    this.tell('ready', null);
    await this.name(sketch, stage, signal);
  }

  /** The names of districts come after the first picture. */
  private async name(sketch: Sketch, stage: Stage, signal: AbortSignal): Promise<void> {
    if (!sketch.land || sketch.tiles) return;
    for (const district of sketch.land.districts) {
      await breath();
      if (signal.aborted) return;
      findMiddle(district);
    }
    sketch.land.named = true;
    sketch.layoutLabels();
    stage.redraw();
  }

  /** Single-marker mode: the page is about one point, so it needs no file and no list. */
  private onlyPlace(lonLat: [number, number]): Place {
    const [x, y] = fromLonLat(lonLat);
    const [letter, state] = [this.getAttribute('point-letter') ?? '', stateOf(this.getAttribute('point-state'))];
    return { id: 0, name: '', nameEn: '', letter, state, warmth: 0, x, y };
  }

  // ---- what is in sight ----

  private fit(): void {
    if (!this.stage) return;
    this.wish.fit = false;
    const extent = this.sketch!.shownExtent();
    if (extent) this.stage.viewpoint.goFit(extent);
  }

  private select(): void {
    const { sketch, stage, wish } = this;
    if (!sketch || !stage || sketch.single) return;
    const place = wish.select === null ? null : sketch.place(wish.select);
    // Who has just tapped the mark sees it already and wants no journey.
    if (place) stage.viewpoint.bringIntoSight(place, place !== sketch.selected);
    sketch.selected = place;
    stage.redraw();
  }

  private showHere(): void {
    const { here } = this.wish;
    if (this.sketch) this.sketch.here = here && (fromLonLat([here.lon, here.lat]) as [number, number]);
    this.stage?.redraw();
  }

  private pick(place: Place): void {
    if (this.sketch!.single) return;
    // Shown at once and without moving: the island's own select event may take a moment or never come.
    this.wish.select = place.id;
    this.sketch!.selected = place;
    this.stage!.redraw();
    this.tell('pick', { id: place.id });
  }

  private tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(`portal-map:${name}`, { detail, bubbles: true }));
  }
}
