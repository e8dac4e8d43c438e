// <portal-map>: the sketch map of the portal. Of its children only `.p-map__foot` stays in sight: the small print the law asks for,
// which is there before the map and without it.
//
// Attributes: src, outlines, within, lang, label, center="lon,lat", zoom, inset="top right bottom left"
// (px covered by something else, such as the sheet), tianditu-key; for the page of one point instead of
// src: point="lon,lat", point-letter, point-state. It sets `ready` on itself, and `single` in that last mode.
// edit="12" (the number of the point it is about; empty for a new one) makes it a map to put one marker on, among what src has,
// drawn faintly. Events then: in portal-map:put ({lon, lat} or null), out portal-map:place ({lon, lat, said}).
// Events in, dispatched on the element: portal-map:show (ids or null), portal-map:select (id or null),
// portal-map:here ({lon, lat} or null), portal-map:fit. They may come before the data, but not before this
// module: who may be earlier says it again on portal-map:ready.
// Events out, bubbling: portal-map:ready, portal-map:pick ({id}), portal-map:moved ({bbox: [w, s, e, n]}).

import { PortalMap } from './element.js';

// A page may load the module twice under two addresses; the first definition stands.
if (!customElements.get('portal-map')) customElements.define('portal-map', PortalMap);
