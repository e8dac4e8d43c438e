// The DOM around the drawing: buttons, scale, note, hint, status. Built node by node, because
// the pages' CSP forbids style attributes and we want no HTML strings.

import type { Words } from './words.js';

export interface Furniture {
  root: HTMLElement;
  box: HTMLElement;
  foot: HTMLElement;
  where: HTMLElement;
  status: HTMLElement;
  zoomIn: HTMLButtonElement;
  zoomOut: HTMLButtonElement;
  whole: HTMLButtonElement;
  probe: HTMLElement;
  setScale(metresPerPx: number, place: string): void;
  hint(text: string): void;
  say(text: string, retry?: () => void): void;
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, part: string, parent?: HTMLElement): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = `p-map__${part}`;
  parent?.append(element);
  return element;
}

/** The plus and minus of the icon set, as lines; the word beside them appears where there is room. */
function button(parent: HTMLElement, name: string, label: string, word: string, path: string): HTMLButtonElement {
  const element = make('button', 'button', parent);
  element.type = 'button';
  element.title = label;
  element.setAttribute('aria-label', label);
  element.dataset.does = name;
  if (path) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    svg.setAttribute('class', 'p-map__icon');
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    line.setAttribute('d', path);
    svg.append(line);
    element.append(svg);
  }
  make('span', path ? 'word' : 'word p-map__word--always', element).textContent = word;
  return element;
}

/** `foot` is the small print the server has written already: the scale joins it. */
export function furnish(words: Words, foot: HTMLElement | null): Furniture {
  const root = make('div', 'root');
  const box = make('div', 'view', root);
  box.tabIndex = 0;
  box.setAttribute('role', 'application');
  const controls = make('div', 'controls', root);
  const zoomIn = button(controls, 'in', words.zoomIn, words.zoomIn, 'M5 12h14M12 5v14');
  const zoomOut = button(controls, 'out', words.zoomOut, words.zoomOut, 'M5 12h14');
  const whole = button(controls, 'whole', words.whole, words.wholeShort, '');
  foot ??= make('div', 'foot', root);
  const line = make('div', 'where');
  foot.prepend(line);
  line.setAttribute('aria-hidden', 'true');
  const bar = make('span', 'scale', line);
  const distance = make('span', 'distance', line);
  const district = make('span', 'district', line);
  const hint = make('div', 'hint', root);
  hint.setAttribute('aria-hidden', 'true');
  const probe = make('span', 'probe', root);
  probe.hidden = true;
  probe.style.setProperty('forced-color-adjust', 'none');
  const status = make('div', 'status');
  status.setAttribute('role', 'status');

  let hintTimer = 0;
  return {
    root,
    box,
    foot,
    where: line,
    status,
    zoomIn,
    zoomOut,
    whole,
    probe,
    setScale(metresPerPx, place) {
      // The longest of 1, 2, 5 × 10ⁿ that stays under some 96 px.
      const most = metresPerPx * 96;
      const ten = 10 ** Math.floor(Math.log10(most));
      const metres = ten * (most >= 5 * ten ? 5 : most >= 2 * ten ? 2 : 1);
      distance.textContent = metres < 1000 ? `${metres} ${words.metres}` : `${metres / 1000} ${words.kilometres}`;
      district.textContent = place;
      bar.style.inlineSize = `${Math.round(metres / metresPerPx)}px`;
    },
    hint(text) {
      hint.textContent = text;
      hint.classList.add('p-map__hint--on');
      clearTimeout(hintTimer);
      hintTimer = window.setTimeout(() => hint.classList.remove('p-map__hint--on'), 1200);
    },
    say(text, retry) {
      status.replaceChildren();
      if (!text) return;
      make('span', 'sentence', status).textContent = text;
      if (!retry) return;
      const again = make('button', 'retry', status);
      again.type = 'button';
      again.textContent = words.retry;
      again.addEventListener('click', () => {
        // The button goes away: without this the keyboard would fall back to the top of the page.
        status.tabIndex = -1;
        status.focus();
        retry();
      });
    },
  };
}
