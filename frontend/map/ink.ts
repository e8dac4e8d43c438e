// Colours and type of the sketch. Colours live in CSS (style/ui/map.css): a canvas cannot see
// custom properties, so they are read here and read again whenever the page changes its look.

const LIGHT = {
  paper: '#faf8f3',
  land: '#ffffff',
  line: '#d3cdbf',
  label: '#545b5e',
  open: '#1c6b43',
  closed: '#a8321f',
  soon: '#8a5a00',
  quiet: '#545b5e',
  main: '#0b4f5e',
  onMain: '#ffffff',
};

export type Colours = typeof LIGHT;

const DARK: Colours = {
  paper: '#14181a',
  land: '#1c2225',
  line: '#3a4246',
  label: '#a9b0b0',
  open: '#7ccaa0',
  closed: '#f0876f',
  soon: '#e0b25a',
  quiet: '#a9b0b0',
  main: '#7cc4d2',
  onMain: '#14181a',
};

export interface Ink extends Colours {
  /** 1 normally, more where the page asks for bigger targets (长辈版): everything grows with it. */
  scale: number;
}

const FAMILY =
  '"PingFang SC","HarmonyOS Sans SC","MiSans","Source Han Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif';

export function font(px: number, weight = 400): string {
  return `${weight} ${px}px ${FAMILY}`;
}

/** Lets a hidden element compute each property, so that `color-mix()` and the like arrive as plain colours. */
export function readInk(probe: HTMLElement, scale: number): Ink {
  const fallback = matchMedia('(prefers-color-scheme: dark)').matches ? DARK : LIGHT;
  const ink: Ink = { ...fallback, scale };
  for (const key of Object.keys(fallback) as (keyof Colours)[]) {
    const property = key === 'onMain' ? '--map-on-main' : `--map-${key}`;
    probe.style.color = `var(${property}, ${fallback[key]})`;
    ink[key] = getComputedStyle(probe).color || fallback[key];
  }
  return ink;
}

/** Calls back when colours may have changed: the colour scheme, printing, or a switch on <html>. */
export function watchInk(changed: () => void, signal: AbortSignal): void {
  for (const query of ['(prefers-color-scheme: dark)', 'print']) {
    matchMedia(query).addEventListener('change', changed, { signal });
  }
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true });
  signal.addEventListener('abort', () => observer.disconnect());
}
