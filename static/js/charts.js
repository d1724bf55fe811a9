// Charts. Contract with the pages:
//   <figure data-figure="ID" data-src="FIGURE.json"> with <div class="chart" id="ID">, and inside it, all optional,
//   [data-fallback] (shown when the chart fails), [data-live] (told to screen readers), [data-tools] with
//   [data-export="png|svg"] and [data-said]. takeaway.js does the copies. data-leads: where what a mark names has its page.
// A figure is plain JSON {data, layout, meta}; it names colours as var(--token). Here tokens become colours, the house
// template is applied, labels that would collide are dropped by priority, and narrow screens get the timeline upright.
// A mark's customdata is the slug of its event, its text the words of its card; marks.js travels from one to the next.
const Tracker = (() => {
  const probe = document.createElement('span');
  probe.className = 'visually-hidden';
  const cache = new Map();
  const colour = (token) => {
    if (!cache.has(token)) { probe.style.color = token; document.body.append(probe); cache.set(token, getComputedStyle(probe).color); probe.remove(); }
    return cache.get(token);
  };
  const resolve = (v) => {
    if (typeof v === 'string') return v.includes('var(--') ? v.replace(/var\(--[\w-]+\)/g, colour) : v;
    if (Array.isArray(v)) return v.map(resolve);
    if (v && typeof v === 'object') return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, resolve(x)]));
    return v;
  };
  const canvas = document.createElement('canvas').getContext('2d');
  const textWidth = (text, size) => { canvas.font = `${size}px "Tracker Sans"`; return canvas.measureText(text).width; };
  const ms = (d) => new Date(d).getTime();

  // Place names stand on rails above their lane (one or two rows) with a stem down to the mark. Where names would touch, the later
  // one of the same place is counted ("Brussels ×2"), another takes the second row, and what fits nowhere is left to the hover card.
  const fitLabels = (fig, width, margin) => {
    const inner = width - margin.l - margin.r;
    const [x0, x1] = fig.layout.xaxis.range.map(ms);
    const px = (d) => (ms(d) - x0) / (x1 - x0) * inner;
    const rails = new Map(); const out = []; const stems = [];
    (fig.layout.annotations || []).forEach((n) => {
      if (n.name === 'half') { out.push(n); return; }
      const x = px(n.x); if (x < -1 || x > inner + 1) return;
      if (n.name === 'mark') {
        const w = textWidth(n.text, 12.5);
        const prev = out.filter((o) => o.name === 'mark').pop();
        if (x + w > inner) { n.xanchor = 'right'; n.xshift = 2; }
        const left = n.xanchor === 'right' ? x - w : x;
        if (prev && prev.right > left - 6) return;
        n.right = left + w; out.push(n); return;
      }
      const w = textWidth(n.text, 13);
      const rail = rails.get(n.y) || rails.set(n.y, Array.from({ length: n.rows }, () => [])).get(n.y);
      for (let row = 0; row < n.rows; row += 1) {
        const last = rail[row][rail[row].length - 1];
        if (!last || last.r + 7 < x - w / 2) {
          rail[row].push({ r: x + w / 2, n, count: 1, x }); n.yshift = row * 15; out.push(n);
          stems.push({ type: 'line', xref: 'x', yref: 'y', x0: n.x, x1: n.x, y0: n.z, y1: n.y, layer: 'below', line: { color: colour('var(--rule-strong)'), width: 1 } });
          return;
        }
        if (last.n.base === n.text || last.n.text === n.text) stems.push({ type: 'line', xref: 'x', yref: 'y', x0: n.x, x1: n.x, y0: n.z, y1: n.y, layer: 'below', line: { color: colour('var(--rule-strong)'), width: 1 } });
        if (last.n.base === n.text || last.n.text === n.text) { last.n.base = n.text; last.count += 1; last.n.text = `${n.text} ×${last.count}`; last.r += last.count === 2 ? 12 : 0; return; }
      }
    });
    fig.layout.shapes.push(...stems);
    fig.layout.annotations = out.map(({ z, rows, right, base, name, ...n }) => n);
  };

  const upright = (fig) => {
    const swap = (a) => { [a.x, a.y] = [a.y.map((v) => (v === null ? null : -v)), a.x]; };
    fig.data.forEach((t) => { swap(t); if (t.z) t.z = t.z[0].map((_, c) => t.z.map((row) => row[c])); });
    const { xaxis, yaxis } = fig.layout;
    const [lo, hi] = yaxis.range;
    fig.layout.xaxis = { ...yaxis, range: [-hi, -lo], tickvals: yaxis.tickvals.map((v) => -v), ticktext: fig.meta.brief.map((name) => `<b>${name}</b>`), side: 'top', tickangle: 0 };
    fig.layout.yaxis = { ...xaxis, side: 'left', autorange: false, ticklabelmode: 'period' };
    fig.layout.shapes = fig.layout.shapes.map((s) => (s.yref === 'y'
      ? { ...s, xref: 'x', yref: 'paper', x0: -s.y0, x1: -s.y1, y0: 0, y1: 1 }
      : { ...s, xref: 'paper', yref: 'y', x0: 0, x1: 1, y0: s.x0, y1: s.x1 }));
    // The names of two halves stand in their legends; here their letters stand over their lanes.
    const halves = fig.layout.annotations.filter((n) => n.name === 'half').map(({ name, ...n }, i) => ({ ...n, text: `<b>${fig.meta.halves[i]}</b>`, x: -n.y, xref: 'x', y: 1, yref: 'paper', yshift: 18 }));
    fig.layout.annotations = fig.layout.annotations.filter((n) => n.name === 'mark').map(({ name, hovertext, ...n }) => ({ ...n, x: 1, xref: 'paper', xanchor: 'right', y: n.x, yref: 'y', xshift: 0, yshift: 1, bgcolor: colour('var(--paper)') }));
    if (fig.meta.narrowFrom && fig.layout.yaxis.range[0] < fig.meta.narrowFrom) { fig.layout.yaxis.range = [fig.meta.narrowFrom, fig.layout.yaxis.range[1]]; fig.layout.annotations = fig.layout.annotations.filter((n) => n.y >= fig.meta.narrowFrom); }
    fig.layout.annotations.push(...halves);
  };

  // The least room for the names of lanes, more where one is longer.
  const roomFor = ({ layout }, least) => Math.max(least, ...layout.yaxis.ticktext.map((text) => 14 + 1.1 * textWidth(text.split('<br>')[0].replace(/<[^>]+>/g, ''), 13)));

  // Names of lanes that would touch stand in two rows.
  const stagger = ({ layout }, width) => {
    const { range: [from, to], tickvals, ticktext } = layout.xaxis; const ends = [-1e3, -1e3];
    layout.xaxis.ticktext = ticktext.map((text, i) => {
      const x = ((tickvals[i] - from) / (to - from)) * width; const half = textWidth(text.replace(/<[^>]+>/g, ''), 13) / 2;
      const row = ends[0] + 3 > x - half ? 1 : 0;
      ends[row] = x + half;
      return row ? `${text}<br> ` : text;
    });
    if (ends[1] > 0) layout.margin.t += 14;
  };

  // The figure as this screen and theme have it.
  const fitted = (id, source) => {
    const el = document.getElementById(id);
    const { template } = Tracker;
    cache.clear();
    const fig = resolve(structuredClone(source));
    const width = el.clientWidth; const narrow = width < 560;
    fig.meta ||= {};
    fig.layout.template = resolve(template.template);
    fig.layout.margin = { ...template.template.layout.margin, ...(fig.layout.margin || {}) };
    fig.layout.shapes ||= []; fig.layout.annotations ||= [];
    if (id === 'timeline') {
      if (fig.meta.halves) el.style.height = narrow ? '' : `${Math.max(320, Math.min(1100, fig.meta.height + 70))}px`;
      fig.layout.margin = narrow ? { l: 40, r: 4, t: 26, b: 8 } : { l: roomFor(fig, width < 900 ? 92 : 112), r: 12, t: 26, b: 30 };
      if (narrow) { upright(fig); if (fig.meta.halves) fig.layout.margin.t += 18; stagger(fig, width - 44); el.classList.add(fig.meta.narrowFrom ? 'chart-half' : 'chart-tall'); } else {
        el.classList.remove('chart-tall', 'chart-half');
        if (width < 900) fig.data.forEach((t) => { if (t.marker && Array.isArray(t.marker.size)) t.marker.size = t.marker.size.map((s) => Math.max(4, s * 0.8)); });
        fitLabels(fig, width, fig.layout.margin);
      }
      fig.layout.dragmode = !narrow && document.querySelector('[data-brush]') ? 'zoom' : false;
    }
    Tracker.before[id]?.(fig, width, el.clientHeight);
    if (id === 'cadence' && narrow) fig.layout.annotations = [];
    fig.layout.height = el.clientHeight; fig.layout.width = width;
    return fig;
  };

  // Plotly's own months are English, and few browsers know the Armenian and Azerbaijani ones.
  const speak = () => {
    const months = document.querySelector('meta[name="short-months"]'); const { lang } = document.documentElement;
    if (!months || lang === 'en') return;
    const names = months.content.split(' ');
    Plotly.register({ moduleType: 'locale', name: lang, dictionary: {}, format: { months: names, shortMonths: names } });
    Tracker.template.config.locale = lang;
  };

  // What every chart waits for: the template, and the font that text is measured in.
  const prepared = (async () => {
    const template = await (await fetch(document.querySelector('[data-template]').dataset.template)).json();
    await document.fonts.load('13px "Tracker Sans"');
    Tracker.template = template;
  })();
  prepared.catch(() => {}); // each chart tells of it

  // Plotly itself comes when a reader turns to a chart, or at once for a picture that is beyond a sketch.
  let coming = null;
  const whole = () => {
    coming ||= new Promise((done, failed) => {
      const script = document.createElement('script');
      script.src = document.querySelector('[data-plotly]').dataset.plotly;
      script.onload = () => { speak(); done(); };
      script.onerror = () => { coming = null; failed(new Error('the code of the charts did not arrive')); };
      document.head.append(script);
    });
    return coming;
  };

  const chosen = (slug) => { if (typeof slug === 'string') document.dispatchEvent(new CustomEvent('markchosen', { detail: slug })); };

  // One chart that fails leaves the others alone: its table twin is named instead.
  const figure = (box) => {
    const id = box.dataset.figure; const el = document.getElementById(id);
    const fallback = box.querySelector('[data-fallback]');
    const state = { source: null }; let turnedTo = null; let spots = [];
    const sketch = (fig) => { spots = Sketch.draw(el, fig, Tracker.template.template); el.tabIndex = 0; el.dataset.ready = 'sketch'; };
    const draw = async () => {
      await prepared;
      if (!turnedTo) { const fig = fitted(id, state.source); if (Sketch.can(fig)) { sketch(fig); return; } }
      await whole();
      const fig = fitted(id, state.source);
      await Plotly.react(el, fig.data, fig.layout, { ...Tracker.template.config, showTips: false, topojsonURL: el.dataset.topojson || '' });
      el.querySelector('.sketch')?.remove();
      if (el.dataset.ready !== 'whole') { el.dataset.ready = 'whole'; el.on('plotly_click', ({ points: [point] }) => chosen(point.customdata)); }
      document.dispatchEvent(new CustomEvent('chartdrawn', { detail: id }));
    };
    const failed = (error) => { el.hidden = true; if (fallback) fallback.hidden = false; console.warn(`chart ${id}:`, error.message); };
    state.redraw = async () => {
      if (!state.source) return;
      try { await draw(); el.hidden = false; if (fallback) fallback.hidden = true; } catch (error) { failed(error); }
    };
    state.load = async (src = box.dataset.src) => {
      try {
        const answer = await fetch(src, { headers: { Accept: 'application/json' } });
        if (!answer.ok) throw new Error(`${src} answered ${answer.status}`);
        state.source = await answer.json();
      } catch (error) { failed(error); return; }
      await state.redraw();
    };
    // Paper has the sketch, in the colours of the light theme, whatever the screen shows.
    state.print = () => {
      if (!state.source || !Tracker.template) return;
      const { theme } = document.documentElement.dataset;
      document.documentElement.dataset.theme = 'light';
      const fig = fitted(id, state.source);
      if (Sketch.can(fig)) Sketch.draw(el, fig, Tracker.template.template);
      if (theme) document.documentElement.dataset.theme = theme; else delete document.documentElement.dataset.theme;
    };
    // A reader has turned to the chart: from now on it is Plotly's.
    state.turn = () => (turnedTo ||= el.dataset.ready === 'whole' ? Promise.resolve() : state.redraw());
    ['pointerenter', 'focusin'].forEach((sign) => box.addEventListener(sign, state.turn));
    el.addEventListener('click', ({ clientX, clientY }) => {
      if (el.dataset.ready !== 'sketch') return;
      const { left, top } = el.getBoundingClientRect();
      const [near] = spots.map(([x, y, slug]) => [Math.hypot(x - clientX + left, y - clientY + top), slug]).sort(([a], [b]) => a - b);
      if (near && near[0] < 12) chosen(near[1]);
    });
    if (document.querySelector('[data-at]')) turnedTo = Promise.resolve();
    return state;
  };

  // The files of all charts, whatever has been put in place since.
  const acted = async (event) => {
    const button = event.target.closest('[data-figure] [data-export]');
    if (!button) return;
    const el = document.getElementById(button.closest('[data-figure]').dataset.figure);
    try {
      await Tracker.figures.get(el.id).turn();
      await Plotly.downloadImage(el, { format: button.dataset.export, filename: `peace-tracker-${el.id}`, width: el.clientWidth, height: el.clientHeight, scale: 2 });
    } catch { TakeAway.told(button)('failed'); }
  };

  const address = (slug) => { const { leads, query = '' } = document.querySelector('[data-leads]').dataset; return `${leads}${slug}/${query}`; };

  return { acted, address, colour, figure, resolve, textWidth, before: {}, figures: new Map() };
})();

document.addEventListener('DOMContentLoaded', () => {
  document.addEventListener('click', Tracker.acted);
  document.querySelectorAll('[data-figure]').forEach((box) => { if (box.dataset.src) Tracker.figures.set(box.dataset.figure, Tracker.figure(box)); });
  Tracker.figures.forEach((figure) => figure.load());
  const redrawAll = () => Tracker.figures.forEach((figure) => figure.redraw());
  document.addEventListener('themechange', redrawAll);
  addEventListener('beforeprint', () => Tracker.figures.forEach((figure) => figure.print()));
  addEventListener('afterprint', redrawAll);
  let timer; let last = innerWidth;
  addEventListener('resize', () => { if (innerWidth === last) return; last = innerWidth; clearTimeout(timer); timer = setTimeout(redrawAll, 150); });
});

// Where a page has no panel beside the chart, a chosen mark leads to the event's own page: from a frame in a new tab, for
// that page may not be framed.
document.addEventListener('markchosen', (event) => {
  if (document.querySelector('[data-panel]')) return;
  const address = Tracker.address(event.detail);
  if (document.querySelector('[data-embed]')) open(address, '_blank', 'noopener'); else location.assign(address);
});
