// Fingers, wheel and keys. A map that is the page takes them all; a map that is a part of a page
// (`single`) leaves one finger and the plain wheel to the page.

import type MapBrowserEvent from 'ol/MapBrowserEvent.js';
import Kinetic from 'ol/Kinetic.js';
import DoubleClickZoom from 'ol/interaction/DoubleClickZoom.js';
import DragPan from 'ol/interaction/DragPan.js';
import type Interaction from 'ol/interaction/Interaction.js';
import MouseWheelZoom from 'ol/interaction/MouseWheelZoom.js';
import PinchZoom from 'ol/interaction/PinchZoom.js';

export interface Moves {
  /** The reader, not the program, is about to move the map. */
  byReader(): void;
  /** The reader tried what belongs to the page here. */
  hint(of: 'touch' | 'wheel'): void;
  pan(right: number, up: number): void;
  zoomBy(step: number): void;
}

const asksForZoom = ({ ctrlKey, metaKey }: WheelEvent) => ctrlKey || metaKey;

/** `duration` 0 means reduced motion: then nothing glides on either. */
export function interactionsFor(single: boolean, duration: number): Interaction[] {
  const drag: DragPan = new DragPan({
    kinetic: duration ? new Kinetic(-0.005, 0.05, 100) : undefined,
    condition: ({ originalEvent }: MapBrowserEvent) => {
      const { pointerType, button } = originalEvent as PointerEvent;
      return pointerType === 'touch' ? !single || drag.getPointerCount() > 1 : button === 0;
    },
  });
  const wheel = new MouseWheelZoom({
    duration,
    condition: ({ originalEvent }: MapBrowserEvent) => !single || asksForZoom(originalEvent as WheelEvent),
  });
  return [drag, new PinchZoom({ duration }), new DoubleClickZoom({ duration }), wheel];
}

const ARROWS: Record<string, [right: number, up: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

export function listenTo(box: HTMLElement, single: boolean, moves: Moves, signal: AbortSignal): void {
  box.addEventListener(
    'wheel',
    (event) => {
      if (single && !asksForZoom(event)) moves.hint('wheel');
      else moves.byReader();
    },
    { signal, passive: true },
  );
  if (single) {
    box.addEventListener(
      'touchmove',
      (event) => {
        if (event.touches.length === 1) moves.hint('touch');
        // With two fingers the browser must not scroll as well.
        else if (event.cancelable) event.preventDefault();
      },
      { signal, passive: false },
    );
  }
  box.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const arrow = ARROWS[event.key];
      if (arrow) moves.pan(...arrow);
      else if (event.key === '+' || event.key === '=') moves.zoomBy(1);
      else if (event.key === '-' || event.key === '_') moves.zoomBy(-1);
      else return;
      event.preventDefault();
    },
    { signal },
  );
}
