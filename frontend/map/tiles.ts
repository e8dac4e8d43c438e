// 天地图 beneath the sketch, where the portal has a key for it.

import TileLayer from 'ol/layer/Tile.js';
import XYZ from 'ol/source/XYZ.js';

/** Map and names in Web Mercator, from whichever of the service's eight hosts. Its WMTS numbers tiles as XYZ does. */
export function tianditu(key: string, maxZoom: number): TileLayer[] {
  return ['vec', 'cva'].map(
    (name) =>
      new TileLayer({
        className: 'p-map__tiles',
        source: new XYZ({
          url:
            `https://t{0-7}.tianditu.gov.cn/${name}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${name}` +
            `&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${encodeURIComponent(key)}`,
          maxZoom,
        }),
      }),
  );
}
