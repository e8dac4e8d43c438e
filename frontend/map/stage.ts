// The OpenLayers side: one map with one drawn layer, and what the reader does on it.
// OpenLayers brings projection, view constraints, gestures and tiles; all drawing is ours (sketch.ts),
// because a vector layer with clusters costs 25 kB more (measured, brotli) and knows neither ring arcs nor our way with labels.

import OlMap from 'ol/Map.js';
import { setLevel } from 'ol/console.js';
import Layer from 'ol/layer/Layer.js';

import type { Place } from './data.js';
import { interactionsFor, listenTo } from './gestures.js';
import { extentOf, type Extent } from './land.js';
import type { Frame } from './paint.js';
import { CLUSTER_DISTANCE, type Sketch } from './sketch.js';
import { tianditu } from './tiles.js';
import { MAX_ZOOM, MOVE_MS, Viewpoint } from './viewpoint.js';

const MOVED_AFTER_MS = 250;

// A map in a closed tab or a folded sheet has no size, which is no news: it draws when it gets one.
setLevel('error');

export interface StageOptions {
  single: boolean;
  tiandituKey: string | null;
  limits: Extent;
  inset: number[];
  home(viewpoint: Viewpoint): void;
  picked(place: Place): void;
  moved(bbox: number[]): void;
  /** The view stands still, or stands at another scale. */
  looked(viewpoint: Viewpoint): void;
  hint(of: 'touch' | 'wheel'): void;
  /** A click puts the marker there, instead of picking what stands there. */
  placed?(at: number[]): void;
  /** A frame has been drawn. */
  painted?(): void;
}

export class Stage {
  readonly viewpoint: Viewpoint;
  private readonly map: OlMap;
  private readonly layer: Layer;
  private movedTimer = 0;

  constructor(
    private readonly box: HTMLElement,
    private readonly sketch: Sketch,
    private readonly options: StageOptions,
    signal: AbortSignal,
  ) {
    const { single, tiandituKey, limits, inset, home } = options;
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOVE_MS;
    this.layer = new Layer({
      render: (state) => {
        const canvas = sketch.paint(frameOf(state!.size, state!.viewState, this.viewpoint.onPaper), this.viewpoint.zoom);
        options.painted?.();
        return canvas;
      },
    });
    this.map = new OlMap({
      target: box,
      controls: [],
      interactions: interactionsFor(single, duration),
      layers: [...(tiandituKey ? tianditu(tiandituKey, MAX_ZOOM) : []), this.layer],
    });
    this.viewpoint = new Viewpoint(this.map, limits, inset, duration, home);
    this.viewpoint.onZoom(() => options.looked(this.viewpoint));
    options.looked(this.viewpoint);
    this.listen(signal);
    this.drawNow();
  }

  redraw(): void {
    this.layer.changed();
  }

  /** What lies under a pixel of the box. */
  at(pixel: number[]): number[] {
    return this.map.getCoordinateFromPixel(pixel);
  }

  /** Without waiting for an animation frame: a print waits for none. */
  drawNow(): void {
    this.map.renderSync();
  }

  close(): void {
    clearTimeout(this.movedTimer);
    this.map.setTarget(undefined);
    this.map.dispose();
  }

  private listen(signal: AbortSignal): void {
    const { map, box, sketch, viewpoint, options } = this;
    const byReader = () => {
      viewpoint.byReader = viewpoint.settled = true;
    };
    listenTo(
      box,
      options.single,
      {
        byReader,
        hint: options.hint,
        pan: (right, up) => viewpoint.panBy(right, up),
        zoomBy: (step) => viewpoint.zoomBy(step),
      },
      signal,
    );
    map.on('pointerdrag', byReader);
    // The first of two quick clicks is no place yet: they zoom.
    if (options.placed) map.on('singleclick', ({ coordinate }) => options.placed!(coordinate));
    else map.on('click', ({ pixel }) => this.click(pixel));
    map.on('dblclick', (event) => {
      // Two quick taps on a mark are two picks, not a zoom.
      if (!options.placed && sketch.hit(event.pixel)) event.stopPropagation();
      else byReader();
    });
    map.on('pointermove', ({ dragging, originalEvent, pixel }) => {
      if (dragging || (originalEvent as PointerEvent).pointerType === 'touch') return;
      const hovered = sketch.hit(pixel);
      if (hovered === sketch.hovered) return;
      sketch.hovered = hovered;
      box.style.cursor = hovered ? 'pointer' : '';
      this.redraw();
    });
    map.on('moveend', () => {
      options.looked(viewpoint);
      clearTimeout(this.movedTimer);
      if (viewpoint.byReader) this.movedTimer = window.setTimeout(() => this.tellMoved(), MOVED_AFTER_MS);
    });
  }

  private tellMoved(): void {
    this.viewpoint.byReader = false;
    this.options.moved(this.viewpoint.bbox());
  }

  private click(pixel: number[]): void {
    const { sketch, viewpoint } = this;
    const group = sketch.hit(pixel);
    if (!group) return;
    const { members } = group;
    const extent = extentOf(members.map(({ x, y }) => [x, y]));
    const side = Math.max(extent[2] - extent[0], extent[3] - extent[1]);
    // Points of one building never come apart: zooming on would promise what it cannot keep.
    const together = side < CLUSTER_DISTANCE * viewpoint.resolutionAt(MAX_ZOOM);
    if (members.length > 1 && viewpoint.zoom < (together ? 16 : MAX_ZOOM - 0.01)) {
      viewpoint.goInto(extent, together ? 16 : MAX_ZOOM);
    } else {
      const next = members.findIndex((place) => place === sketch.selected) + 1;
      this.options.picked(members[next % members.length]);
    }
  }
}

function frameOf([width, height]: number[], view: { center: number[]; resolution: number }, onPaper: boolean): Frame {
  const { center, resolution } = view;
  return {
    width,
    height,
    // Asked each time: it changes with the browser's zoom and from screen to screen. Paper is finer than most.
    ratio: Math.max(window.devicePixelRatio || 1, onPaper ? 3 : 1),
    resolution,
    toPx: (x, y) => [(x - center[0]) / resolution + width / 2, (center[1] - y) / resolution + height / 2],
  };
}
