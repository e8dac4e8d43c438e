// The marks themselves. State is told by shape first and by colour second, so that a
// colour-blind reader and a black-and-white print lose nothing:
// open filled, soon filled with an inner ring, closed hollow, suspended hollow with a bar, unknown dashed.

import { BADGE_RADIUS, radiusOf, type Group } from './cluster.js';
import type { State } from './data.js';
import { font, type Ink } from './ink.js';

type Context = CanvasRenderingContext2D;
const TURN = Math.PI * 2;

function inkOf(state: State, ink: Ink): string {
  return state === 'suspended' || state === 'unknown' ? ink.quiet : ink[state];
}

/** Centres by the em box of a full-width character: single glyphs differ, the line they share does not. */
function write(context: Context, text: string, x: number, y: number, px: number, weight: number): void {
  context.font = font(px, weight);
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = context.measureText('国');
  context.fillText(text, x, y + (up - down) / 2);
}

/** Fills, rings and letters whatever outline `trace` draws; (x, y) is the centre of the letter. */
function mark(
  context: Context,
  trace: (grow: number) => void,
  x: number,
  y: number,
  radius: number,
  letter: string,
  state: State,
  ink: Ink,
): void {
  const s = ink.scale;
  const colour = inkOf(state, ink);
  const filled = state === 'open' || state === 'soon';
  context.setLineDash([]);
  // A rim of paper keeps the mark apart from lines and neighbours below it.
  context.fillStyle = ink.paper;
  trace(2 * s);
  context.fill();
  context.fillStyle = filled ? colour : ink.land;
  trace(0);
  context.fill();
  context.strokeStyle = filled ? ink.paper : colour;
  context.lineWidth = 1.75 * s;
  if (!filled) {
    if (state === 'unknown') context.setLineDash([3.2 * s, 2.6 * s]);
    trace(-0.9 * s);
    context.stroke();
    context.setLineDash([]);
  } else if (state === 'soon') {
    context.lineWidth = 1.25 * s;
    trace(-2.75 * s);
    context.stroke();
  }
  let [size, middle] = [radius * 0.96, y];
  if (state === 'suspended') {
    // The letter makes room above the bar: a bar through it would cost its legibility.
    context.lineWidth = 2.25 * s;
    context.beginPath();
    context.moveTo(x - radius * 0.6, y + radius * 0.52);
    context.lineTo(x + radius * 0.6, y + radius * 0.52);
    context.stroke();
    size = radius * 0.82;
    middle = y - radius * 0.14;
  }
  context.fillStyle = filled ? ink.paper : colour;
  write(context, letter, x, middle, size, 600);
}

export function drawBadge(context: Context, x: number, y: number, letter: string, state: State, ink: Ink): void {
  const radius = BADGE_RADIUS * ink.scale;
  const trace = (grow: number) => {
    context.beginPath();
    context.arc(x, y, radius - 1 + grow, 0, TURN);
  };
  mark(context, trace, x, y, radius, letter, state, ink);
}

/** `rise`: how far above its point the centre of the head is. */
export const PIN = { radius: 18, rise: 28 };

/** A drop whose tip stands on the point. */
export function drawPin(context: Context, x: number, y: number, letter: string, state: State, ink: Ink): void {
  const radius = PIN.radius * ink.scale;
  const cy = y - PIN.rise * ink.scale;
  const trace = (grow: number) => {
    const r = radius + grow;
    const tip = y + grow * 1.6;
    // Where the straight sides leave the circle, so that they run on without a corner.
    const lean = Math.acos(r / (tip - cy));
    context.beginPath();
    context.arc(x, cy, r, Math.PI / 2 + lean, Math.PI / 2 - lean);
    context.lineTo(x, tip);
    context.closePath();
  };
  context.lineJoin = 'round';
  mark(context, trace, x, cy, radius, letter, state, ink);
}

/** A glow below the marks: wider and denser the more happens there, measured by where most does. */
export function drawWarmth(context: Context, x: number, y: number, warmth: number, most: number, ink: Ink): void {
  const share = Math.sqrt(warmth / most);
  const radius = (30 + 40 * share) * ink.scale;
  const glow = context.createRadialGradient(x, y, 0, x, y, radius);
  glow.addColorStop(0, ink.closed);
  glow.addColorStop(1, 'transparent');
  context.globalAlpha = 0.25 + 0.5 * share;
  context.fillStyle = glow;
  context.beginPath();
  context.arc(x, y, radius, 0, TURN);
  context.fill();
  context.globalAlpha = 1;
}

/** The count in ink; around it the share that is open now, then the share that is about to change. */
export function drawCluster(context: Context, x: number, y: number, group: Group, hovered: boolean, ink: Ink): void {
  const count = group.members.length;
  const s = ink.scale;
  const radius = radiusOf(count) * s;
  context.setLineDash([]);
  context.fillStyle = ink.paper;
  context.beginPath();
  context.arc(x, y, radius + 1.5 * s, 0, TURN);
  context.fill();
  context.fillStyle = ink.land;
  context.beginPath();
  context.arc(x, y, radius, 0, TURN);
  context.fill();
  const arc = (from: number, to: number, colour: string, width: number) => {
    if (to <= from) return;
    context.strokeStyle = colour;
    context.lineWidth = width * s;
    context.beginPath();
    context.arc(x, y, radius - 1.25 * s, from * TURN - TURN / 4, to * TURN - TURN / 4);
    context.stroke();
  };
  const open = group.open / count;
  const soon = open + group.soon / count;
  arc(0, 1, hovered ? ink.quiet : ink.line, hovered ? 1.5 : 1.25);
  arc(0, open, ink.open, 2.5);
  arc(open, soon, ink.soon, 2.5);
  context.fillStyle = ink.main;
  write(context, String(count), x, y, (count < 1000 ? 14 : 13) * s, 600);
}

/** One's own position: a dot no marker looks like. */
export function drawHere(context: Context, x: number, y: number, ink: Ink): void {
  const s = ink.scale;
  const disc = (radius: number, colour: string, alpha: number) => {
    context.globalAlpha = alpha;
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, radius * s, 0, TURN);
    context.fill();
  };
  disc(20, ink.main, 0.14);
  disc(9, ink.onMain, 1);
  disc(6.5, ink.main, 1);
}
