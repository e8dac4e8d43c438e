// The few sentences the map itself says, in both languages of the portal.

export type Lang = 'zh' | 'en';

const zh = {
  map: '地图',
  zoomIn: '放大',
  zoomOut: '缩小',
  whole: '看全图',
  wholeShort: '全图',
  loading: '地图正在打开',
  failed: '地图没能打开，文字内容照样可用。',
  retry: '再试一次',
  twoFingers: '用两根手指移动地图',
  ctrlWheel: '按住 Ctrl 再滚动，可以缩放地图',
  metres: '米',
  marker: '点位的标记',
  directions: ['东移', '西移', '北移', '南移'],
  placed: '标记放在',
  kilometres: '公里',
};

const en: typeof zh = {
  map: 'Map',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  whole: 'All: see the whole map',
  wholeShort: 'All',
  loading: 'Opening the map',
  failed: 'The map did not open. The text still works.',
  retry: 'Try again',
  twoFingers: 'Move the map with two fingers',
  ctrlWheel: 'Hold Ctrl and scroll to zoom the map',
  metres: 'm',
  marker: 'Marker of the place',
  directions: ['East', 'West', 'North', 'South'],
  placed: 'Marker put at',
  kilometres: 'km',
};

export type Words = typeof zh;

export function wordsFor(lang: Lang): Words {
  return lang === 'en' ? en : zh;
}
