// Reads the two GeoJSON files of the contract. What does not fit it is left out rather than
// drawn wrong: a point without coordinates still stands in the list beside the map.

import { fromLonLat } from 'ol/proj.js';

export type State = 'open' | 'soon' | 'closed' | 'suspended' | 'unknown';

export interface Place {
  id: number;
  name: string;
  nameEn: string;
  letter: string;
  state: State;
  /** How much of something happens there, for a map that shows it as a glow. */
  warmth: number;
  /** Web Mercator metres. */
  x: number;
  y: number;
}

export interface Outline {
  code: string;
  name: string;
  nameEn: string;
  /** All rings of all parts, Web Mercator; filled by the even-odd rule. */
  rings: number[][][];
}

interface Feature {
  properties: Record<string, unknown> | null;
  geometry: { type: string; coordinates: unknown } | null;
}

const STATES: readonly string[] = ['open', 'soon', 'closed', 'suspended', 'unknown'];

export function stateOf(value: unknown): State {
  return STATES.includes(value as string) ? (value as State) : 'unknown';
}

async function features(url: string, signal: AbortSignal): Promise<Feature[]> {
  const answer = await fetch(url, { signal, headers: { accept: 'application/geo+json, application/json' } });
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  const body: { features?: Feature[] } = await answer.json();
  if (!Array.isArray(body.features)) throw new Error(`not a FeatureCollection: ${url}`);
  return body.features;
}

const text = (value: unknown): string => (value == null ? '' : String(value));

export async function loadPlaces(url: string, signal: AbortSignal): Promise<Place[]> {
  const places: Place[] = [];
  for (const { properties, geometry } of await features(url, signal)) {
    if (geometry?.type !== 'Point' || !properties) continue;
    const [lon, lat] = geometry.coordinates as number[];
    const id = Number(properties.id);
    if (!Number.isFinite(lon) || !Number.isFinite(lat) || !Number.isFinite(id)) continue;
    const [x, y] = fromLonLat([lon, lat]);
    places.push({
      id,
      name: text(properties.name),
      nameEn: text(properties.name_en),
      letter: text(properties.letter),
      state: stateOf(properties.state),
      warmth: Math.max(0, Number(properties.warmth) || 0),
      x,
      y,
    });
  }
  // A fixed order makes the same data give the same picture, whatever order the server sent it in.
  return places.sort((a, b) => a.id - b.id);
}

export async function loadOutlines(url: string, signal: AbortSignal): Promise<Outline[]> {
  const outlines: Outline[] = [];
  for (const { properties, geometry } of await features(url, signal)) {
    let rings: number[][][];
    if (geometry?.type === 'Polygon') rings = geometry.coordinates as number[][][];
    else if (geometry?.type === 'MultiPolygon') rings = (geometry.coordinates as number[][][][]).flat();
    else continue;
    outlines.push({
      code: text(properties?.code),
      name: text(properties?.name),
      nameEn: text(properties?.name_en),
      rings: rings.map((ring) => ring.map((lonLat) => fromLonLat(lonLat))),
    });
  }
  return outlines;
}

/** Reads `"lon,lat"`; null where the attribute is absent or nonsense. */
export function readLonLat(value: string | null): [number, number] | null {
  const parts = value?.split(',').map(Number) ?? [];
  return parts.length === 2 && parts.every(Number.isFinite) ? [parts[0], parts[1]] : null;
}
