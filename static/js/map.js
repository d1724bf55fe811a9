// The map: names where they fit, a ring around the chosen place, keys that travel from place to place, closer and farther.
// Without this file the table holds the same places, and its links lead to their events.
document.addEventListener('DOMContentLoaded', () => {
  const box = document.querySelector('[data-figure="map"]');
  const el = document.getElementById('map');
  const outside = document.querySelector('[data-outside]');
  const live = box.querySelector('[data-live]');
  let travelled = -1;
  el.dataset.topojson = document.querySelector('[data-topojson]').dataset.topojson;

  const places = () => el.data[0];
  const spot = (i) => { const { lon, lat } = places(); return el._fullLayout.geo._subplot.projection([lon[i], lat[i]]); };
  const inside = ([x, y]) => x >= 0 && y >= 0 && x <= el.clientWidth && y <= el.clientHeight;

  // The part of the world that the view names, as large as the frame allows. The axes hold more than any view and have the
  // frame's proportions: Plotly cuts off what lies beyond them. It takes the upper and lower edge for four great circles, which
  // bend towards the poles.
  const upwards = (lat) => Math.log(Math.tan(Math.PI / 4 + lat * Math.PI / 360)) * 180 / Math.PI;
  const latitude = (y) => (Math.atan(Math.exp(y * Math.PI / 180)) - Math.PI / 4) * 360 / Math.PI;
  const bent = (lat, wide) => Math.atan(Math.tan(lat * Math.PI / 180) / Math.cos(wide / 8 * Math.PI / 180)) * 180 / Math.PI;
  const straight = (lat, wide) => Math.atan(Math.tan(lat * Math.PI / 180) * Math.cos(wide / 8 * Math.PI / 180)) * 180 / Math.PI;
  const NORTH = 80; const MOST = { wide: 300, high: 200 };
  const span = ([a, b]) => b - a;
  const middle = ([a, b]) => (a + b) / 2;
  Tracker.before.map = (fig, width, height) => {
    const { geo } = fig.layout; const lon = geo.lonaxis.range; const heights = geo.lataxis.range.map(upwards);
    const high = Math.min(MOST.high, MOST.wide * height / width); const wide = high * width / height;
    const scale = Math.min(width / span(lon), height / span(heights)) / (width / wide);
    Object.assign(geo, {
      lonaxis: { range: [middle(lon) - wide / 2, middle(lon) + wide / 2] },
      lataxis: { range: [straight(latitude(upwards(bent(NORTH, wide)) - high), wide), NORTH] },
      center: { lon: middle(lon), lat: latitude(middle(heights)) },
      projection: { ...geo.projection, scale },
    });
  };

  // The larger places are named first, on the side where there is room. A name that would cover another or a disc is left to the
  // card and the table; the three largest cover small discs rather than go unnamed.
  const SIDES = { 'middle right': [1, 0], 'middle left': [-1, 0], 'top center': [0, -1], 'bottom center': [0, 1] };
  const apart = (one, other) => one[2] < other[0] || one[0] > other[2] || one[3] < other[1] || one[1] > other[3];
  const label = async () => {
    const { marker } = places(); const frame = [0, 0, el.clientWidth, el.clientHeight];
    const discs = el.layout.meta.map((_, i) => { const [x, y] = spot(i); const r = marker.size[i] / 2; return [x - r, y - r, x + r, y + r]; });
    const names = []; const text = []; const textposition = []; const away = [];
    el.layout.meta.forEach(([, name, total], i) => {
      const [x, y] = spot(i); const r = marker.size[i] / 2 + 3; const wide = Tracker.textWidth(name, 13) + 4;
      if (!inside([x, y])) { away.push(`${name} ${total}`); text.push(''); textposition.push('middle right'); return; }
      const around = ([dx, dy]) => { const mid = [x + dx * (r + wide / 2), y + dy * (r + 9)]; return [mid[0] - wide / 2, mid[1] - 8, mid[0] + wide / 2, mid[1] + 8]; };
      const fits = (by, all) => names.every((other) => apart(by, other)) && by[0] > frame[0] && by[2] < frame[2] && by[1] > frame[1] && by[3] < frame[3]
        && discs.every((disc, j) => j === i || apart(by, disc) || (!all && marker.size[j] < 14));
      const side = Object.keys(SIDES).find((one) => fits(around(SIDES[one]), true)) || (i < 3 && Object.keys(SIDES).find((one) => fits(around(SIDES[one]), false)));
      if (side) names.push(around(SIDES[side]));
      text.push(side ? name : ''); textposition.push(side || 'middle right');
    });
    const now = JSON.stringify([text, textposition]);
    if (now !== JSON.stringify([places().text, places().textposition])) await Plotly.restyle(el, { text: [text], textposition: [textposition] }, [0]);
    outside.hidden = !away.length;
    outside.querySelector('span').textContent = away.length > 8 ? `${away.slice(0, 8).join(', ')} +${away.length - 8}` : away.join(', ');
  };

  const ring = () => {
    el.querySelectorAll('.mark-ring').forEach((old) => old.remove());
    const slug = document.querySelector('[data-at]')?.dataset.at;
    [[places().customdata.indexOf(slug), ''], [travelled, 'travelling']].forEach(([i, kind]) => {
      if (i < 0) return;
      const [x, y] = spot(i); if (!inside([x, y])) return;
      const mark = document.createElement('span'); const size = places().marker.size[i] + 10;
      mark.className = `mark-ring ${kind}`;
      Object.assign(mark.style, { left: `${x}px`, top: `${y}px`, width: `${size}px`, height: `${size}px` });
      el.append(mark);
    });
  };

  const open = (slug) => {
    const address = new URL(location.href); address.searchParams.set('at', slug);
    document.dispatchEvent(new CustomEvent('viewwanted', { detail: address.pathname + address.search }));
  };

  const zoom = (factor) => {
    const { geo } = el._fullLayout;
    Plotly.relayout(el, { 'geo.projection.scale': Math.max(0.5, Math.min(40, geo.projection.scale * factor)) });
  };

  let wired = false;
  const wire = () => {
    if (wired) return; wired = true;
    el.tabIndex = 0; el.setAttribute('role', 'application'); el.setAttribute('aria-describedby', 'map-hint');
    el.on('plotly_relayout', () => { label(); ring(); });
    el.on('plotly_relayouting', ring);
    el.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -1e9, End: 1e9 }[event.key];
      if (step) {
        event.preventDefault();
        travelled = Math.max(0, Math.min(places().customdata.length - 1, travelled + step));
        live.textContent = places().hovertext[travelled].replace(/<br>/g, ', ').replace(/<[^>]+>/g, '');
        ring();
      }
      if (event.key === 'Enter' && travelled >= 0) document.dispatchEvent(new CustomEvent('markchosen', { detail: places().customdata[travelled] }));
      if (event.key === '+') zoom(2);
      if (event.key === '-') zoom(0.5);
      if (event.key === 'Escape') { travelled = -1; ring(); el.blur(); }
    });
  };

  document.addEventListener('chartdrawn', (event) => { if (event.detail === 'map') { wire(); label(); ring(); } });
  if (document.querySelector('[data-panel]')) document.addEventListener('markchosen', (event) => open(event.detail));
  document.addEventListener('click', (event) => { const by = event.target.closest('[data-zoom]')?.dataset.zoom; if (by) zoom(+by); });
  document.addEventListener('viewchange', (event) => {
    const next = event.detail.querySelector('[data-figure="map"]');
    if (next.dataset.src === box.dataset.src) { ring(); } else {
      box.dataset.src = next.dataset.src; travelled = -1;
      Tracker.figures.get('map').load(box.dataset.src);
    }
    if (document.querySelector('[data-at]') && matchMedia('(max-width: 1080px)').matches) document.querySelector('[data-panel]').scrollIntoView({ block: 'nearest' });
  });
});
