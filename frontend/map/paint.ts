// Draws one frame: paper, land, names of districts. Marks are in badges.ts.

import { font, type Ink } from './ink.js';
import { DISTRICT_PX, spacingOf, type DistrictLabel } from './labels.js';
import type { Land } from './land.js';
import type { Lang } from './words.js';

type Context = CanvasRenderingContext2D;

/** Where the frame stands: Mercator metres to CSS px. */
export interface Frame {
  width: number;
  height: number;
  ratio: number;
  resolution: number;
  toPx(x: number, y: number): [number, number];
}

export function drawLand(context: Context, frame: Frame, land: Land, within: string | null, ink: Ink, tiles: boolean): void {
  const [x, y] = frame.toPx(...land.origin);
  const scale = frame.ratio / frame.resolution;
  const px = frame.resolution;
  context.save();
  context.setTransform(scale, 0, 0, -scale, x * frame.ratio, y * frame.ratio);
  context.lineJoin = 'round';
  const stroke = (path: Path2D, colour: string, width: number, alpha: number) => {
    context.globalAlpha = alpha;
    context.strokeStyle = colour;
    context.lineWidth = width * px;
    context.stroke(path);
  };
  if (!tiles) {
    // A soft edge under everything: what is left of it outside is the shore of the sheet.
    stroke(land.path, ink.line, 10, 0.25);
    for (const district of land.districts) {
      const chosen = district.code === within;
      context.globalAlpha = 1;
      context.fillStyle = ink.land;
      context.fill(district.path, 'evenodd');
      if (chosen) continue;
      // Tints go from land towards paper, with a breath of the line colour, and never further.
      // What is not the division itself steps back into the paper altogether.
      context.fillStyle = ink.paper;
      context.globalAlpha = within ? 0.7 : district.tint * 0.25;
      context.fill(district.path, 'evenodd');
      context.fillStyle = ink.line;
      context.globalAlpha = district.tint * (within ? 0.02 : 0.04);
      context.fill(district.path, 'evenodd');
    }
  }
  stroke(land.path, ink.line, 1, 1);
  const chosen = land.districts.find(({ code }) => code === within);
  if (chosen) stroke(chosen.path, ink.label, 1.5, 0.75);
  context.restore();
}

export function drawDistrictLabels(context: Context, frame: Frame, labels: DistrictLabel[], ink: Ink, lang: Lang): void {
  const size = DISTRICT_PX * ink.scale;
  context.save();
  context.font = font(size);
  // Safari before 18 ignores letterSpacing: the names are then merely less spread.
  context.letterSpacing = `${spacingOf(lang) * size}px`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 3 * ink.scale;
  context.strokeStyle = ink.land;
  context.fillStyle = ink.label;
  for (const { text, x, y } of labels) {
    const [px, py] = frame.toPx(x, y);
    if (px < -200 || py < -50 || px > frame.width + 200 || py > frame.height + 50) continue;
    // The last letter is followed by spacing too; half of it brings the word back to the middle.
    const middle = px + (spacingOf(lang) * size) / 2;
    context.globalAlpha = 0.7;
    context.strokeText(text, middle, py);
    context.globalAlpha = 0.9;
    context.fillText(text, middle, py);
  }
  context.restore();
}
